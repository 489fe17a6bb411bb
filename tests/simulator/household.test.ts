import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, boundsOf, clockMinutesAt, localDate } from "../../src/domain/calendar.ts";
import type { Slot } from "../../src/domain/slot.ts";
import { instant, type LocalDate } from "../../src/domain/units.ts";
import { type EnergySource, energyWhOf, sourceOfPower, stepsMinutes } from "../../src/simulator/energy-source.ts";
import { baseHome, offPeakHome, producerPoint, solarHome, tempoHome } from "../../src/simulator/homes.ts";
import { householdPower, solarPower } from "../../src/simulator/household.ts";
import { inventedTempo } from "../../src/simulator/tempo-calendar.ts";

const usagePointId = "12345678901234";
const year = Array.from({ length: 365 }, (_, day) => addDays(localDate("2025-09-01"), day));

function consumptionOf(home: { readonly meter: { readonly consumption?: EnergySource } }): EnergySource {
  assert.ok(home.meter.consumption);
  return home.meter.consumption;
}

const wh = (source: EnergySource, days: readonly LocalDate[]): number =>
  days.reduce((sum, date) => sum + energyWhOf(source.slotsOf(date)), 0);

const between = (slots: readonly Slot[], from: number, to: number): readonly Slot[] =>
  slots.filter(({ start }) => clockMinutesAt(start) >= from && clockMinutesAt(start) < to);

const meanW = (slots: readonly Slot[]): number => slots.reduce((sum, slot) => sum + slot.powerW, 0) / slots.length;

test("the same seed gives the same home, asked in any order, and another seed another home", () => {
  const one = consumptionOf(tempoHome({ usagePointId, seed: 7 }));
  const same = consumptionOf(tempoHome({ usagePointId, seed: 7 }));
  const other = consumptionOf(tempoHome({ usagePointId, seed: 8 }));
  const days = ["2026-01-15", "2025-07-01", "2026-03-29"].map(localDate);
  const first = days.map((date) => one.slotsOf(date));
  const second = [...days]
    .reverse()
    .map((date) => same.slotsOf(date))
    .reverse();
  assert.deepEqual(first, second);
  assert.notDeepEqual(
    first,
    days.map((date) => other.slotsOf(date)),
  );
});

for (const minutes of stepsMinutes)
  test(`at ${minutes} minutes each value stands for whole watt-hours: a multiple of ${60 / minutes} W`, () => {
    const source = consumptionOf(offPeakHome({ usagePointId, seed: 3, minutes }));
    for (const date of ["2026-01-15", "2026-03-29", "2025-10-26"].map(localDate)) {
      const slots = source.slotsOf(date);
      assert.equal(slots.length, boundsOf(date).minutes / minutes);
      for (const slot of slots) assert.equal(slot.powerW % (60 / minutes), 0);
      assert.equal(
        source.dailyWhOf(date),
        slots.reduce((sum, slot) => sum + (slot.powerW * slot.minutes) / 60, 0),
      );
    }
  });

test("a flat is quiet at night and busy in the evening", () => {
  const source = consumptionOf(baseHome({ usagePointId, seed: 4 }));
  const slots = year.flatMap((date) => [...source.slotsOf(date)]);
  const night = meanW(between(slots, 120, 300));
  assert.ok(night > 80 && night < 250, `night ${night} W`);
  assert.ok(meanW(between(slots, 420, 480)) > 1.5 * night);
  assert.ok(meanW(between(slots, 1140, 1260)) > 3 * night);
  // Between 1.5 and 4 MWh a year.
  const total = wh(source, year);
  assert.ok(total > 1_500_000 && total < 4_000_000, `${total} Wh`);
});

test("weekends differ from working days at noon", () => {
  const source = consumptionOf(baseHome({ usagePointId, seed: 4 }));
  const noonOf = (weekdays: readonly number[]): number =>
    meanW(
      year
        .filter((date) => weekdays.includes(new Date(`${date}T12:00:00Z`).getUTCDay()))
        .flatMap((date) => [...between(source.slotsOf(date), 690, 840)]),
    );
  assert.ok(noonOf([0, 6]) > 1.2 * noonOf([1, 2, 3, 4, 5]));
});

test("a house heated by electricity draws more in winter, and less on red days than on cold others", () => {
  const colorOf = inventedTempo(5);
  const source = consumptionOf(tempoHome({ usagePointId, seed: 5, tempo: colorOf }));
  const january = year.filter((date) => date.startsWith("2026-01"));
  const july = year.filter((date) => date.startsWith("2026-07"));
  assert.ok(wh(source, january) > 2 * wh(source, july));
  const free = consumptionOf(tempoHome({ usagePointId, seed: 5, tempo: () => "BLUE" }));
  const red = year.filter((date) => colorOf(date) === "RED");
  const byDay = (home: EnergySource): number =>
    meanW(red.flatMap((date) => [...between(home.slotsOf(date), 360, 1320)]));
  assert.equal(red.length, 22);
  assert.ok(byDay(source) < 0.7 * byDay(free));
});

test("a water heater that starts at 01:34 fills 26 of the 30 minutes of its first half-hour", () => {
  const options = { seed: 1, subscribedPowerKva: 36, offPeak: [{ from: 94, to: 454 }] };
  const without = householdPower(options);
  const heated = householdPower({ ...options, waterHeaterW: 3000 });
  const at = (text: string): number => {
    const slot = { start: instant(Date.parse(text)), minutes: 30 };
    return Math.round(heated(slot) - without(slot));
  };
  // 01:00–01:30, 01:30–02:00 and 02:00–02:30 in Paris; 3000 W × 26 / 30 = 2600 W
  assert.deepEqual(["2026-01-15T00:00Z", "2026-01-15T00:30Z", "2026-01-15T01:00Z"].map(at), [0, 2600, 3000]);
});

test("no home draws more than its subscribed power", () => {
  for (const slot of year.flatMap((date) => [...consumptionOf(baseHome({ usagePointId, seed: 9 })).slotsOf(date)]))
    assert.ok(slot.powerW <= 6000);
});

test("panels give nothing at night, a bell by day, more in June than in December, and less under clouds", () => {
  const source = sourceOfPower(solarPower({ seed: 2, peakW: 3000 }));
  for (const date of ["2025-12-21", "2026-06-21"].map(localDate)) {
    for (const slot of between(source.slotsOf(date), 0, 300)) assert.equal(slot.powerW, 0);
    for (const slot of between(source.slotsOf(date), 1350, 1440)) assert.equal(slot.powerW, 0);
    assert.ok(meanW(between(source.slotsOf(date), 660, 840)) > 0);
  }
  const month = (name: string): readonly LocalDate[] => year.filter((date) => date.startsWith(name));
  assert.ok(wh(source, month("2026-06")) > 3 * wh(source, month("2025-12")));
  const june = month("2026-06").map((date) => wh(source, [date]));
  assert.ok(Math.max(...june) > 2 * Math.min(...june));
  // 800 to 1400 kWh per kWp and year, as in France.
  const perKwp = wh(source, year) / 3000;
  assert.ok(perKwp > 800 && perKwp < 1400, `${perKwp} kWh per kWp`);
});

test("a home with panels never draws and injects in the same half-hour", () => {
  const { meter } = solarHome({ usagePointId, seed: 6 });
  assert.ok(meter.consumption && meter.production);
  for (const date of year.slice(0, 60)) {
    const injected = meter.production.slotsOf(date);
    meter.consumption.slotsOf(date).forEach((slot, position) => {
      assert.ok(slot.powerW === 0 || injected[position]?.powerW === 0);
    });
  }
});

test("a roof has no contract and no consumption", () => {
  const { meter } = producerPoint({ usagePointId, seed: 6 });
  assert.deepEqual([meter.contract, meter.consumption], [null, undefined]);
});
