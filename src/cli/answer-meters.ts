import type { Language } from "../shared/language.ts";
import { consumingMeters } from "../sync/bill/meter.ts";
import { BillRefusal } from "../sync/bill/refusal.ts";
import type { StoredUsagePoint } from "../sync/store.ts";
import type { BillPort } from "./bill.ts";
import { meterInWords } from "./bill-words.ts";
import { colon } from "./words.ts";

interface Answer {
  readonly view: object;
  /** The first one names the meter. */
  readonly lines: readonly string[];
}

interface Outcome extends Answer {
  /** 1: nothing is known to answer with; 2: the request has to be another one. */
  readonly code: 0 | 1 | 2;
}

interface Asked {
  readonly meter?: string | undefined;
  readonly json: boolean;
}

/** Answers for a meter, null being the only one. @throws BillRefusal */
type Make = (meter: string | null) => Promise<Answer>;

/**
 * Writes an answer or a refusal, as text or as JSON: for the meter that is named, or for the only one. Where there are
 * several and none is named, each is answered in turn: as text with an empty line between them, as JSON in an array. The
 * exit code is 0 as soon as one meter has an answer.
 */
export async function answerMeters(port: BillPort, { meter, json }: Asked, make: Make): Promise<number> {
  const points = meter === undefined ? await consumingMeters(port) : [];
  const { language, output } = port;
  const outcomes =
    points.length > 1
      ? await outcomesOf(points, make, language)
      : [await outcomeOf(() => make(meter ?? null), { language, point: null })];
  const [first] = outcomes;
  if (json)
    output.line(
      JSON.stringify(first && outcomes.length === 1 ? first.view : outcomes.map(({ view }) => view), null, 2),
    );
  else
    for (const [position, { lines }] of outcomes.entries())
      for (const line of position === 0 ? lines : ["", ...lines]) output.line(line);
  return Math.min(...outcomes.map(({ code }) => code));
}

/** What is wrong with the request itself is said once, of no meter. */
async function outcomesOf(
  points: readonly StoredUsagePoint[],
  make: Make,
  language: Language,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const point of points) {
    const outcome = await outcomeOf(() => make(point.id), { language, point });
    if (outcome.code === 2) return [outcome];
    outcomes.push(outcome);
  }
  return outcomes;
}

async function outcomeOf(
  make: () => Promise<Answer>,
  { language, point }: { readonly language: Language; readonly point: StoredUsagePoint | null },
): Promise<Outcome> {
  try {
    return { ...(await make()), code: 0 };
  } catch (error) {
    if (!(error instanceof BillRefusal)) throw error;
    const { code, text } = error;
    const refusal = { error: { code, ...text } };
    if (code !== "no_meter" && code !== "no_readings") return { view: refusal, lines: [text[language]], code: 2 };
    if (point === null) return { view: refusal, lines: [text[language]], code: 1 };
    const meter = { usagePoint: point.id, name: point.name };
    return {
      view: { ...meter, ...refusal },
      lines: [`${meterInWords(meter)}${colon[language]} ${text[language]}`],
      code: 1,
    };
  }
}
