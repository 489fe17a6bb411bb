import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tariffPeriods } from "../../src/domain/tariff/period.ts";
import { type Bar, type BarsModel, extentOf, keyOf, signsOf, totalOf } from "../../src/page/charts/model.ts";
import { barSeries, labelEvery, lineSeries, optionOf, type Palette } from "../../src/page/charts/option.ts";
import { barsOfSeries } from "../../src/page/charts/series-bars.ts";
import { type Tone, toneOfPeriod, tones } from "../../src/page/charts/tones.ts";
import type { SeriesAnswer, SeriesBucket } from "../../src/server/api/series.ts";

const palette: Palette = {
  tones: Object.fromEntries(tones.map((tone) => [tone, `#${tone}`])) as Record<Tone, string>,
  card: "#card",
  text: "#text",
  muted: "#muted",
  line: "#line",
  edge: "#edge",
  font: "sans-serif",
};

const bar = (more: Partial<Bar>): Bar => ({ key: "k", label: "l", title: "t", parts: [], ...more });
const model = (...bars: Bar[]): BarsModel => ({ kind: "bars", unit: "kWh", format: String, bars });

describe("bars", () => {
  test("measured is solid and estimated is hatched, one upon the other", () => {
    const series = barSeries(model(bar({ parts: [{ tone: "low", label: "HC", value: 5, estimated: 2 }] })), palette);
    const [solid, hatched] = series;
    assert.deepEqual([solid?.data, hatched?.data], [[3], [2]]);
    assert.equal(solid?.itemStyle?.color, "#low");
    assert.equal(hatched?.itemStyle?.color, "#card");
    assert.ok(hatched?.itemStyle?.decal);
    assert.equal(solid?.itemStyle?.decal, undefined);
  });

  test("an unknown bar is an outline with a dash, and no amount in any tone", () => {
    const series = barSeries(
      model(bar({ parts: null }), bar({ parts: [{ tone: "low", label: "HC", value: 10 }] })),
      palette,
    );
    const [solid, unknown] = series;
    assert.deepEqual(solid?.data, [null, 10]);
    assert.deepEqual(unknown?.data, [1.6, null]); // 16 % of the height
    assert.equal(unknown?.itemStyle?.borderType, "dashed");
    assert.equal(unknown?.label?.formatter, "—");
  });

  test("a corrected bar bears a mark, an unknown one does not", () => {
    const parts = [{ tone: "low", label: "HC", value: 1 }] as const;
    const series = barSeries(
      model(bar({ parts, isCorrected: true }), bar({ parts: null, isCorrected: true })),
      palette,
    );
    const mark = series.find(({ label }) => label?.formatter === "▾");
    assert.deepEqual(mark?.data, [0, null]);
  });

  test("the year before stands beside it only where it is compared", () => {
    assert.ok(barSeries(model(bar({})), palette).every(({ stack }) => stack === "now"));
    const compared = barSeries(model(bar({ before: null }), bar({ before: 4 })), palette);
    assert.deepEqual(
      compared.filter(({ stack }) => stack === "before").map(({ data }) => data),
      [[null, 4]],
    );
    // It would only take half of the room.
    assert.ok(barSeries(model(bar({ before: null })), palette).every(({ stack }) => stack === "now"));
  });

  test("what is still to come has dots where the unknown has a dash", () => {
    const series = barSeries(model(bar({ parts: null, isPending: true }), bar({ parts: null })), palette);
    assert.deepEqual(series[0]?.data, [{ value: 0.16, label: { formatter: "…" } }, 0.16]);
    assert.equal(series[0]?.label?.formatter, "—");
  });

  test("bars of which none is known have no scale beside them", () => {
    const axisOf = (...bars: Bar[]): unknown => optionOf(model(...bars), palette, String).yAxis;
    const shown = (axis: unknown): unknown => (axis as { axisLabel: { show: boolean } }).axisLabel.show;
    assert.equal(shown(axisOf(bar({ parts: null }), bar({ parts: null, before: null }))), false);
    assert.equal((axisOf(bar({ parts: null })) as { max?: number }).max, 1);
    assert.equal(shown(axisOf(bar({ parts: null }), bar({}))), true);
    assert.equal(shown(axisOf(bar({ parts: null, before: 4 }))), true);
  });

  test("white has an edge of its own", () => {
    const [white] = barSeries(model(bar({ parts: [{ tone: "white_low", label: "", value: 1 }] })), palette);
    assert.equal(white?.itemStyle?.borderColor, "#edge");
  });

  test("the height reaches from below to above zero", () => {
    const parts = [
      { tone: "base", label: "", value: 5 },
      { tone: "high", label: "", value: 4 },
      { tone: "production", label: "", value: -2 },
    ] as const;
    assert.deepEqual(extentOf(model(bar({ parts, before: 3 }))), { low: -2, high: 9 });
    assert.deepEqual(extentOf(model()), { low: 0, high: 0 });
    assert.equal(totalOf(bar({ parts })), 7);
    assert.equal(totalOf(bar({ parts: null })), null);
  });

  test("zero is on the axis and motion is absent", () => {
    const option = optionOf(model(bar({})), palette, String);
    const { yAxis, animation } = option as { yAxis: { scale?: boolean; name: string }; animation: boolean };
    assert.deepEqual([yAxis.scale, yAxis.name, animation], [undefined, "kWh", false]);
  });

  test("the key names each tone once and each sign that is shown", () => {
    const shown = model(
      bar({ parts: [{ tone: "low", label: "HC", value: 1, estimated: 1 }], isCorrected: true }),
      bar({ parts: [{ tone: "low", label: "HC", value: 1 }], before: 2 }),
      bar({ parts: null }),
    );
    assert.deepEqual(keyOf(shown), [{ tone: "low", label: "HC" }]);
    const none = { estimated: false, unknown: false, pending: false, corrected: false, before: false };
    assert.deepEqual(signsOf(shown), { ...none, estimated: true, unknown: true, corrected: true, before: true });
    assert.deepEqual(signsOf(model(bar({}))), none);
  });

  test("what is still to come is not called unknown", () => {
    const coming = bar({ parts: null, isPending: true });
    assert.deepEqual([signsOf(model(coming)).pending, signsOf(model(coming)).unknown], [true, false]);
    assert.equal(signsOf(model(coming, bar({ parts: null }))).unknown, true);
  });
});

test("at most seven places are named, whatever their number", () => {
  for (const count of [1, 7, 8, 23, 25, 30, 31, 46, 50, 366, 3650]) {
    const isNamed = labelEvery(count);
    const named = Array.from({ length: count }, (_, position) => isNamed(position)).filter(Boolean).length;
    assert.ok(named >= 1 && named <= 7, `${named} of ${count}`);
  }
});

test("what is estimated of a line is dashed and reaches its neighbours", () => {
  const line = { tone: "power", label: "", values: [1, 2, 3, null], isEstimated: (at: number) => at === 2 } as const;
  const [measured, estimated] = lineSeries(
    { kind: "lines", unit: "kW", format: String, places: [], lines: [line] },
    palette,
  );
  assert.deepEqual(measured?.data, [1, 2, null, null]);
  assert.deepEqual(estimated?.data, [null, 2, 3, null]);
  assert.equal(estimated?.lineStyle?.type, "dashed");
});

test("each tariff period has a tone, and Tempo's are its colours", () => {
  for (const period of tariffPeriods) assert.ok(tones.includes(toneOfPeriod(period)), period);
  const some = ["hc", "hp", "base", "winter_hc", "hp_weekend", "red_hp", "peak_day", null] as const;
  const expected = ["low", "high", "base", "low", "high", "red_high", "red_high", "pending"];
  assert.deepEqual(some.map(toneOfPeriod), expected);
});

describe("a series of the API", () => {
  const known: SeriesBucket = {
    key: "2026-11-19",
    start: "2026-11-18T23:00:00.000Z",
    end: "2026-11-19T23:00:00.000Z",
    energyWh: 10_000,
    estimatedWh: 2_500,
    quality: "estimated",
    missingDays: 0,
    isCorrected: false,
    periods: [
      { period: "hc", energyWh: 4_000, eur: 0.8 },
      { period: "hp", energyWh: 6_000, eur: 1.5 },
    ],
    eur: 2.3,
    unpricedWh: 0,
  };
  const unknown: SeriesBucket = {
    ...known,
    key: "2026-11-20",
    energyWh: null,
    estimatedWh: 0,
    quality: null,
    periods: [],
    eur: null,
  };
  const answer = (...buckets: SeriesBucket[]): SeriesAnswer => ({
    usagePoint: "12345678901234",
    flow: "consumption",
    step: "day",
    start: "2026-11-19",
    end: "2026-11-20",
    buckets,
    total: known,
  });

  test("becomes bars in kWh, and what is estimated is shared among the periods", () => {
    const { bars, unit } = barsOfSeries(answer(known, unknown), { language: "fr", measure: "energy" });
    assert.equal(unit, "kWh");
    assert.equal(bars[0]?.title, "Jeudi 19 novembre");
    // A quarter of the day is estimated: 2,500 of 10,000 Wh.
    assert.deepEqual(bars[0]?.parts, [
      { tone: "low", label: "Heures Creuses", value: 4, estimated: 1 },
      { tone: "high", label: "Heures Pleines", value: 6, estimated: 1.5 },
    ]);
    assert.equal(bars[1]?.parts, null);
  });

  test("its details tell the price: the average of several periods, none where some of the energy has none", () => {
    const onePeriod = { ...known, energyWh: 4_000, eur: 0.8, periods: known.periods.slice(0, 1) };
    const { bars } = barsOfSeries(answer(known, onePeriod, { ...known, unpricedWh: 100 }), {
      language: "fr",
      measure: "energy",
    });
    // 2.3 EUR / 10 kWh and 0.8 EUR / 4 kWh
    const prices = bars.map(({ facts }) => facts?.filter(({ label }) => label.startsWith("Prix")));
    assert.deepEqual(prices, [
      [{ label: "Prix moyen", value: "0,2300\u202f€/kWh" }],
      [{ label: "Prix", value: "0,2000\u202f€/kWh" }],
      [],
    ]);
  });

  test("in money shows euros, and a bucket without a price is unknown", () => {
    const { bars, unit } = barsOfSeries(answer(known, { ...known, eur: null }), { language: "fr", measure: "money" });
    assert.deepEqual([unit, bars[0]?.parts?.map(({ value }) => value), bars[1]?.parts], ["€", [0.8, 1.5], null]);
  });

  test("is compared bucket by bucket; where the year before has none, it is unknown", () => {
    const options = { language: "fr", measure: "energy" } as const;
    const compared = barsOfSeries(answer(known, unknown), { ...options, before: answer(known) });
    assert.deepEqual(
      compared.bars.map(({ before }) => before),
      [10, null],
    );
    assert.ok(barsOfSeries(answer(known), options).bars.every((one) => !("before" in one)));
  });

  test("meets the year before by the clock on the days of 23 and 25 hours, the hours of a day alike", () => {
    const day = (step: "half_hour" | "hour", firstHour: string, hours: number): SeriesAnswer => {
      const minutes = step === "hour" ? 60 : 30;
      const start = Date.parse(firstHour);
      const at = (position: number) => new Date(start + position * minutes * 60_000).toISOString();
      const buckets = Array.from({ length: (hours * 60) / minutes }, (_, position) => ({
        ...known,
        key: at(position),
        start: at(position),
        end: at(position + 1),
        energyWh: position * 1000,
      }));
      return { ...answer(...buckets), step };
    };
    const options = { language: "fr", measure: "energy" } as const;
    const befores = (now: SeriesAnswer, before: SeriesAnswer) =>
      barsOfSeries(now, { ...options, before }).bars.map((bar) => bar.before);
    // 25 October has 25 hours in 2026, and 24 in 2025; both begin at 22:00 UTC.
    const longDay = day("hour", "2026-10-24T22:00:00Z", 25);
    const plainDay = day("hour", "2025-10-24T22:00:00Z", 24);
    // 0, 1, 2, the second 2 o'clock which that day did not have, 3 … 23.
    const met = befores(longDay, plainDay);
    assert.deepEqual(met, [0, 1, 2, null, ...Array.from({ length: 21 }, (_, hour) => hour + 3)]);
    // Seen from the plain day the second of them is left out: 4 is three o'clock.
    assert.deepEqual(befores(plainDay, longDay).slice(0, 5), [0, 1, 2, 4, 5]);
    // 29 March 2026 goes from 2 to 3: half-hours 0 to 3, then those from 3 o'clock, the sixth and on.
    const shortDay = day("half_hour", "2026-03-28T23:00:00Z", 23);
    const winterDay = day("half_hour", "2025-03-28T23:00:00Z", 24);
    assert.deepEqual(befores(shortDay, winterDay).slice(2, 6), [2, 3, 6, 7]);
    assert.equal(befores(shortDay, winterDay).at(-1), 47);
    assert.deepEqual(befores(winterDay, shortDay).slice(2, 8), [2, 3, null, null, 4, 5]);
  });
});
