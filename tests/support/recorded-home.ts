import type { TestContext } from "node:test";
import { localDate } from "../../src/domain/calendar.ts";
import type { Slot } from "../../src/domain/slot.ts";
import { tempoColors } from "../../src/domain/tempo.ts";
import { instant, watts } from "../../src/domain/units.ts";
import type { UsagePoint } from "../../src/domain/usage-point.ts";
import { SteppedClock } from "../../src/shared/clock.ts";
import { recordedColors, recordedPoints } from "../domain/tariff/cost-recorded-home.ts";
import { StatisticsWorld } from "./statistics-world.ts";

/** The recorded Tempo home at 9 kVA, as the store holds it at noon of the day after its last reading. */
export async function recordedHome(
  t: Pick<TestContext, "after">,
  told: Partial<UsagePoint> = {},
): Promise<StatisticsWorld> {
  const point = { pricingOption: "TEMPO", subscribedPowerKva: 9, ...told };
  const clock = new SteppedClock(instant(Date.parse("2024-07-25T10:00:00Z")));
  const world = await StatisticsWorld.open(t, { point, clock });
  await world.ingest(
    recordedPoints().map(
      ([start = "", minutes, power]): Slot => ({
        start: instant(Date.parse(start)),
        minutes: Number(minutes),
        powerW: watts(Number(power)),
      }),
    ),
  );
  const days = recordedColors().flatMap(([date = "", name]) => {
    const color = tempoColors.find((known) => known === name);
    return color ? [{ date: localDate(date), color, announcedAt: null }] : [];
  });
  await world.store.saveTempo(days, world.clock.now());
  return world;
}
