import { type Instant, type UsagePointId, usagePointId } from "../../domain/units.ts";
import type { Language } from "../../shared/language.ts";
import type { OfferStore } from "../offers.ts";
import { problemWords } from "../problems.ts";
import type { ProblemSnapshot } from "../snapshot.ts";
import type { MemoryStore, TaskMemory, UsagePointStore } from "../store.ts";
import { loadSelectedOffer } from "./selected-offer.ts";

const prefix = "suspicious_price:";
/** Remembers prices of the selected offer that are refused: while `failures` is 1, in `detail`, since `askedAt`. */
const suspiciousTask = (usagePoint: UsagePointId): string => `${prefix}${usagePoint}`;

/** Looks at the selected offer of each usage point, and writes only what is new about it. */
export async function noteSuspiciousPrices(
  store: Pick<UsagePointStore, "loadUsagePoints"> & MemoryStore & OfferStore,
  account: string,
  at: Instant,
): Promise<void> {
  const known = await store.loadTasks();
  for (const point of await store.loadUsagePoints(account)) {
    const selected = await loadSelectedOffer(store, point);
    const detail =
      selected && selected.suspicious.length > 0 ? `${selected.name}: ${selected.suspicious.join(", ")}` : "";
    const key = suspiciousTask(point.id);
    const former = known.get(key);
    const failures = detail === "" ? 0 : 1;
    if (failures === (former?.failures ?? 0) && (failures === 0 || former?.detail === detail)) continue;
    await store.saveTask({ key, askedAt: at, succeededAt: null, failures, retryAt: null, detail });
  }
}

export function priceProblems(tasks: ReadonlyMap<string, TaskMemory>, language: Language): ProblemSnapshot[] {
  return [...tasks.values()].flatMap(({ key, failures, askedAt, detail }): ProblemSnapshot[] => {
    if (!key.startsWith(prefix) || failures === 0) return [];
    const usagePoint = usagePointId(key.slice(prefix.length));
    const words = problemWords(language, "suspicious_price", usagePoint, detail);
    return [{ code: "suspicious_price", ...words, since: askedAt, usagePoint }];
  });
}
