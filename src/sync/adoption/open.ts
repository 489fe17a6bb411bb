import { randomUUID } from "node:crypto";
import type { PlanHistory } from "../../domain/tariff/plan.ts";
import type { UsagePointId } from "../../domain/units.ts";
import { loadPointPlan } from "../prices/selected-offer.ts";
import type { HomeAssistantSession } from "../statistics/recorder.ts";
import { runStatistics, type StatisticsDeps } from "../statistics/run.ts";
import type { AdoptionDeps, AdoptionStep } from "./deps.ts";
import { AdoptionRefusal } from "./refusal.ts";

/** While another process of the bridge writes. */
const busyPauseMs = 1_000;
const busyTries = 120;

/** The adoption's parts from those that write statistics, over one open session. */
export async function adoptionDeps(
  statistics: StatisticsDeps,
  session: HomeAssistantSession,
  onStep?: (step: AdoptionStep) => void,
): Promise<AdoptionDeps> {
  const { store, clock, log, language, holder, only, plans } = statistics;
  const points = (await store.loadUsagePoints(statistics.account)).filter(
    ({ id }) => only.length === 0 || only.includes(id),
  );
  const histories = new Map<UsagePointId, PlanHistory>();
  for (const point of points) histories.set(point.id, (await loadPointPlan(store, point, plans)).history);
  return {
    store,
    session,
    clock,
    log,
    language,
    // Not the holder under which this process writes statistics: the two keep each other out as well.
    holder: `${holder} ${randomUUID()}`,
    usagePoints: points.map(({ id }) => id),
    planOf: (usagePoint: UsagePointId) => histories.get(usagePoint) ?? [],
    write: (signal) => writeAll(statistics, signal),
    ...(onStep ? { onStep } : {}),
  };
}

/** A process that is at it already may have begun before the adoption: its turn first, then ours. */
async function writeAll(statistics: StatisticsDeps, signal: AbortSignal): Promise<void> {
  for (let tries = 0; tries < busyTries; tries++) {
    const { isBusyElsewhere } = await runStatistics(statistics, signal, { check: false });
    if (!isBusyElsewhere) return;
    await statistics.clock.sleep(busyPauseMs, signal);
  }
  throw new AdoptionRefusal("busy", {
    fr: "La reprise est enregistrée ; le Linky Bridge en service écrit le reste dans Home Assistant. Relancez la même commande plus tard pour voir où il en est.",
    en: "The adoption is stored; the Linky Bridge in service is writing the rest to Home Assistant. Run the same command later to see where it stands.",
  });
}
