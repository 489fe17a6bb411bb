import { HomeAssistantFailure } from "../statistics/recorder.ts";
import { isEnergy } from "../statistics/series.ts";
import type { AdoptionDeps } from "./deps.ts";
import { AdoptionRefusal } from "./refusal.ts";

/**
 * The bridge's own series after an adoption was undone:
 *
 * | outcome | means |
 * |---|---|
 * | nothing | they hold all that the store knows |
 * | written | they stood in Home Assistant before, and were brought up to date |
 * | next_pass | they would be new there: the next pass makes them, so that Home Assistant is first as it was before |
 * | not_yet | they could not be written now; the next pass does it |
 */
export type OwnSeries = "nothing" | "written" | "next_pass" | "not_yet";

/** Brings the bridge's series up to date where that makes no new one. What fails is left to the next pass. */
export async function bringUpOwnSeries(deps: AdoptionDeps, signal: AbortSignal): Promise<OwnSeries> {
  const waiting = await loadWaiting(deps);
  if (waiting.length === 0) return "nothing";
  try {
    if (!(await areThere(deps, waiting))) return "next_pass";
    deps.onStep?.({ step: "writing" });
    await deps.write(signal);
    return "written";
  } catch (error) {
    // The former rows are back: nothing of that is undone by what comes after.
    const isPassing = signal.aborted || error instanceof HomeAssistantFailure || error instanceof AdoptionRefusal;
    if (!isPassing) throw error;
    deps.log.warn(
      { reason: error instanceof Error ? error.message : String(error) },
      "own series wait for the next pass",
    );
    return "not_yet";
  }
}

/** `usage point, flow` of each that has days to derive or hours to write. */
async function loadWaiting({ store, usagePoints }: AdoptionDeps): Promise<readonly string[]> {
  const stale = await store.loadStaleStatisticDays();
  const dirty = (await store.loadSeries()).filter(({ dirtyFrom }) => dirtyFrom !== null);
  return [...new Set([...stale, ...dirty].filter(({ usagePoint }) => usagePoints.includes(usagePoint)).map(groupOf))];
}

const groupOf = ({ usagePoint, flow }: { readonly usagePoint: string; readonly flow: string }): string =>
  `${usagePoint} ${flow}`;

/** Whether each of these groups has series of energy, and all of them stand in Home Assistant. */
async function areThere({ store, session }: AdoptionDeps, groups: readonly string[]): Promise<boolean> {
  const series = (await store.loadSeries()).filter(isEnergy);
  const listed = new Set((await session.listStatistics()).map(({ statisticId }) => statisticId));
  return groups.every((group) => {
    const own = series.filter((one) => groupOf(one) === group);
    return own.length > 0 && own.every(({ statisticId }) => listed.has(statisticId));
  });
}
