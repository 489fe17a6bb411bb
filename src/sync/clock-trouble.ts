import { dayMs, hourMs, type Instant, instant, minuteMs } from "../domain/units.ts";
import type { Language, Text } from "../shared/language.ts";
import type { PlanInput } from "./plan/plan.ts";
import { problemText } from "./problems.ts";
import type { ProblemSnapshot, Snapshot } from "./snapshot.ts";
import type { MemoryStore, TaskMemory } from "./store.ts";

/**
 * Until a clock counts as wrong. A machine that has no battery for it is hours or months off after a power cut, until
 * it is set over the network.
 */
export const clockToleranceMs = 30 * minuteMs;

/** How much this machine's clock is ahead, in milliseconds; null where something is wrong with it and the amount is not known. */
export interface ClockTrouble {
  readonly aheadMs: number | null;
}

/** Once the source tells the same time again. */
export const clockIsRight: Text = {
  fr: "L'horloge de cette machine est de nouveau à l'heure : tout reprend.",
  en: "This machine's clock is right again: all goes on.",
};

/** Each day asks something; after a longer silence, or before what was done already, the day is to be confirmed first. */
const longestSilenceMs = 2 * dayMs;

/** Whether the clock contradicts what the store remembers, so that nothing is shown before the source has told the time. */
export function isClockDoubtful(tasks: ReadonlyMap<string, TaskMemory>, now: Instant): boolean {
  const latest = Math.max(...[...tasks.values()].map((task) => task.askedAt));
  return tasks.size > 0 && (latest > now + clockToleranceMs || latest < now - longestSilenceMs);
}

type Days = Awaited<ReturnType<MemoryStore["loadDayMemory"]>>;

/** What was remembered under a clock that was ahead says nothing, or nothing would be asked before that time comes. */
export function trustedTasks(tasks: ReadonlyMap<string, TaskMemory>, now: Instant): ReadonlyMap<string, TaskMemory> {
  const latest = now + clockToleranceMs;
  return new Map([...tasks].filter(([, { askedAt }]) => askedAt <= latest));
}

/** Days whose question lies ahead count as never asked; what they hold stays. */
export function trustedDays(memory: Days, now: Instant): Days {
  const latest = now + clockToleranceMs;
  const isAhead = ({ askedAt }: { readonly askedAt: Instant | null }) => askedAt !== null && askedAt > latest;
  const isTrusted = [...memory.values()].every((days) => !days.some(isAhead));
  if (isTrusted) return memory;
  const trusted = [...memory].map(
    ([subject, days]) =>
      [subject, days.map((day) => (isAhead(day) ? { ...day, askedAt: null, answer: null, tries: 0 } : day))] as const,
  );
  return new Map(trusted);
}

/** The instant it really is; the clock's own where nobody told by how much it is off. */
export const trueInstant = (now: Instant, { aheadMs }: ClockTrouble): Instant => instant(now - (aheadMs ?? 0));

/** The same snapshot, first of all telling what is wrong with the clock. */
export function withClockTrouble(
  snapshot: Snapshot,
  trouble: ClockTrouble,
  input: PlanInput,
  language: Language,
): Snapshot {
  const { bridge } = snapshot;
  const problem = problemOf(trouble, bridge.lastSyncAt ?? instant(Math.floor(input.now / dayMs) * dayMs), language);
  return { ...snapshot, bridge: { ...bridge, problems: [problem, ...bridge.problems] } };
}

function problemOf({ aheadMs }: ClockTrouble, since: Instant, language: Language): ProblemSnapshot {
  const code = aheadMs === null ? "clock_doubtful" : aheadMs > 0 ? "clock_ahead" : "clock_behind";
  const by = lengthOf(Math.abs(aheadMs ?? 0));
  const text = { fr: problemText(code, null, by.fr).fr, en: problemText(code, null, by.en).en };
  return { code, sentence: text[language], text, since, usagePoint: null };
}

/** Rounded, so that it stays the same from one look to the next. */
function lengthOf(ms: number): Text {
  const [days, hours, minutes] = [Math.round(ms / dayMs), Math.round(ms / hourMs), Math.round(ms / minuteMs)];
  if (days >= 2) return { fr: `${days} jours`, en: `${days} days` };
  if (hours >= 2) return { fr: `${hours} heures`, en: `${hours} hours` };
  return { fr: `${minutes} minutes`, en: `${minutes} minutes` };
}
