import type { PlanHistory } from "../../domain/tariff/plan.ts";
import { instant, minuteMs, type UsagePointId } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Language } from "../../shared/language.ts";
import type { Logger } from "../../shared/log.ts";
import type { EnergyPreferencesPort, Recorder } from "../statistics/recorder.ts";
import type { StatisticStore } from "../statistics/store.ts";
import type { ReadingStore, SignalStore } from "../store.ts";
import { AdoptionRefusal } from "./refusal.ts";
import type { AdoptionStore } from "./store.ts";

/** What the adoption of history works with. Home Assistant is one open session. */
export interface AdoptionDeps {
  readonly store: AdoptionStore &
    Pick<
      StatisticStore,
      "loadSeries" | "loadHours" | "loadBefore" | "loadStaleStatisticDays" | "claimStatistics" | "releaseStatistics"
    > &
    Pick<ReadingStore, "loadDays"> &
    Pick<SignalStore, "loadTempo">;
  readonly session: Recorder & EnergyPreferencesPort;
  readonly clock: Clock;
  readonly log: Logger;
  /** Names of new series are in it. */
  readonly language: Language;
  /** Names this adoption among all that write statistics. */
  readonly holder: string;
  /** The bridge's meters. */
  readonly usagePoints: readonly UsagePointId[];
  readonly planOf: (usagePoint: UsagePointId) => PlanHistory;
  /** Derives what changed in the store and brings Home Assistant to it, sums to the end, read back. */
  readonly write: (signal: AbortSignal) => Promise<unknown>;
  readonly onStep?: (step: AdoptionStep) => void;
}

/** What is being done: progress for a terminal. */
export type AdoptionStep =
  | { readonly step: "reading" | "saving" | "applying" | "writing" | "dashboard" | "reverting" }
  | { readonly step: "restoring"; readonly statisticId: string; readonly rows: number };

/** Longer than any step between two renewals; after a crash the repeated command waits no longer than this. */
const claimMs = 2 * minuteMs;
const claimWithinMs = 3 * minuteMs;
const claimPauseMs = 500;

/**
 * Runs `action` while no process of the bridge writes statistics; `renew` is called between its steps.
 * @throws AdoptionRefusal when another one is still writing after three minutes.
 */
export async function withClaim<T>(
  { store, clock, holder }: Pick<AdoptionDeps, "store" | "clock" | "holder">,
  signal: AbortSignal,
  action: (renew: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const claim = () => store.claimStatistics(holder, clock.now(), instant(clock.now() + claimMs));
  const until = clock.now() + claimWithinMs;
  while (!(await claim())) {
    if (clock.now() >= until)
      throw new AdoptionRefusal("busy", {
        fr: "Linky Bridge écrit en ce moment dans Home Assistant ; recommencez dans quelques minutes.",
        en: "Linky Bridge is writing to Home Assistant right now; try again in a few minutes.",
      });
    await clock.sleep(claimPauseMs, signal);
  }
  try {
    return await action(async () => {
      signal.throwIfAborted();
      await claim();
    });
  } finally {
    await store.releaseStatistics(holder).catch(() => undefined);
  }
}
