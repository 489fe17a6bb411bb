import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { boundsOf, localDate } from "../../../src/domain/calendar.ts";
import { hourMs, instant, wattMinutes } from "../../../src/domain/units.ts";
import type { HoursByRole } from "../../../src/sync/adoption/afterwards.ts";
import { compareEnergy } from "../../../src/sync/adoption/comparison.ts";
import type { SeriesHour } from "../../../src/sync/statistics/series.ts";

const hourOf = (date: string, hour: number) => instant(boundsOf(localDate(date)).start + hour * hourMs);
/** `[date, hour, watt-minutes]`. */
const hours = (...told: readonly (readonly [string, number, number])[]): SeriesHour[] =>
  told.map(([date, hour, energy]) => ({ start: hourOf(date, hour), amount: wattMinutes(energy), origin: "measured" }));

describe("energy before and after", () => {
  it("is compared over the former tool's time, and days besides stand apart", () => {
    const former: HoursByRole = new Map([["total", hours(["2026-01-30", 0, 600], ["2026-02-02", 23, 1200])]]);
    const after: HoursByRole = new Map([
      [
        "total",
        hours(
          ["2026-01-29", 12, 60],
          ["2026-01-30", 0, 660],
          ["2026-02-01", 5, 120],
          ["2026-02-02", 23, 1080],
          ["2026-02-03", 0, 6000],
          ["2026-02-28", 0, 6000],
        ),
      ],
    ]);
    const span = { first: hourOf("2026-01-30", 0), last: hourOf("2026-02-02", 23) };
    assert.deepEqual(compareEnergy(former, after, span), {
      span: { from: "2026-01-30", to: "2026-02-02" },
      months: [
        { name: "2026-01", formerWh: 10, afterWh: 11 },
        // 120 + 1,080 watt-minutes.
        { name: "2026-02", formerWh: 20, afterWh: 20 },
      ],
      roles: [{ name: "total", formerWh: 30, afterWh: 31 }],
      total: { formerWh: 30, afterWh: 31 },
      // 60 + 6,000 + 6,000 watt-minutes.
      added: { days: 3, energyWh: 201, isPartial: false },
    });
  });

  it("says when a day besides is one that the former tool had in part", () => {
    const former: HoursByRole = new Map([["total", hours(["2026-01-30", 0, 600], ["2026-01-30", 9, 600])]]);
    const after: HoursByRole = new Map([["total", hours(["2026-01-30", 0, 600], ["2026-01-30", 10, 1800])]]);
    const span = { first: hourOf("2026-01-30", 0), last: hourOf("2026-01-30", 9) };
    assert.deepEqual(compareEnergy(former, after, span).added, { days: 1, energyWh: 30, isPartial: true });
  });

  it("sums to the total by month and by period, whatever is rounded", () => {
    // 0.4 Wh in each of two months and periods: 0 and 0 alone, 1 Wh together (0.8).
    const [january, february] = [["2026-01-05", 0, 24] as const, ["2026-02-05", 0, 24] as const];
    const split: HoursByRole = new Map([
      ["hc", hours(january)],
      ["hp", hours(february)],
      // The total beside its periods is the same energy.
      ["total", hours(january, february)],
    ]);
    const former: HoursByRole = new Map([["hc", hours(january)]]);
    const { months, roles, total } = compareEnergy(former, split, {
      first: hourOf("2026-01-05", 0),
      last: hourOf("2026-02-05", 0),
    });
    assert.deepEqual(total, { formerWh: 0, afterWh: 1 });
    assert.deepEqual(
      [months, roles].map((parts) => parts.map(({ afterWh }) => afterWh)),
      [
        [0, 1],
        [0, 1],
      ],
    );
  });

  it("is none of a tool without hours", () => {
    const { span, months, total } = compareEnergy(new Map(), new Map(), null);
    assert.deepEqual({ span, months, total }, { span: null, months: [], total: { formerWh: 0, afterWh: 0 } });
  });
});
