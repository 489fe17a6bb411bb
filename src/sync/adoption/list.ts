import { dateAt } from "../../domain/calendar.ts";
import type { AdoptionDeps } from "./deps.ts";
import { type FindOptions, type FormerHistory, findFormerSeries } from "./find.ts";
import { readHistory } from "./former-hours.ts";
import { isHalfWritten } from "./half-written.ts";
import { type HistoryFacts, inspectHistory } from "./inspect.ts";
import { type ModeChoice, modesOf } from "./modes.ts";
import { hasRecentRows } from "./still-written.ts";
import type { Adoption } from "./store.ts";

/** What another tool left, what can be said of it, and what can be done with it. */
export interface FoundHistory {
  readonly history: FormerHistory;
  readonly facts: HistoryFacts;
  readonly modes: readonly ModeChoice[];
  /** The newest of it that is not undone; null when none. */
  readonly adoption: Adoption | null;
  /** Whether Home Assistant holds only a part of that adoption. */
  readonly isHalfWritten: boolean;
}

/** All that other tools left in Home Assistant, also of meters that are not the bridge's. Nothing is written. */
export async function listHistories(deps: AdoptionDeps, options: FindOptions): Promise<readonly FoundHistory[]> {
  const { store, session } = deps;
  const series = await store.loadSeries();
  const adoptions = await store.loadAdoptions();
  const found: FoundHistory[] = [];
  for (const history of findFormerSeries(await session.listStatistics(), deps.usagePoints, options)) {
    const read = await readHistory(history, session, null);
    const starts = read
      .flatMap(({ rows }) => [rows[0], rows.at(-1)].flatMap((row) => row?.start ?? []))
      .toSorted((a, b) => a - b);
    const [first, last] = [starts[0], starts.at(-1)];
    const { usagePoint, flow, tool, isOurs } = history;
    const days =
      isOurs && first !== undefined && last !== undefined
        ? await store.loadDays(usagePoint, flow, { from: dateAt(first), to: dateAt(last) })
        : [];
    const adoption =
      adoptions.findLast(
        (one) => one.usagePoint === usagePoint && one.flow === flow && one.tool === tool && one.step !== "undone",
      ) ?? null;
    const isRecent = await hasRecentRows(deps, history, null);
    found.push({
      history,
      facts: await inspectHistory(history, read, { recorder: session, days, isRecent }),
      modes: isOurs ? modesOf(history) : [],
      adoption,
      isHalfWritten: adoption !== null && isHalfWritten(adoption, series),
    });
  }
  return found;
}
