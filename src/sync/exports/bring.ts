import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Instant, LocalDate } from "../../domain/units.ts";
import type { Logger } from "../../shared/log.ts";
import { ExportConflict, type Exporter, ExportFailure, type NewestPoint } from "./exporter.ts";
import type { ExportMemory, SentMonth, SentPlace, SentSeries } from "./memory.ts";
import {
  type ExportDay,
  type ExportPoint,
  type ExportReader,
  type ExportSeries,
  type Month,
  placeAmongPoints,
  seriesId,
} from "./series.ts";

/** Bounds the memory of a step, and what is sent again after a crash. */
const defaultPointsPerStep = 20_000;

export interface BringDeps {
  readonly destination: string;
  readonly exporter: Exporter;
  readonly reader: ExportReader;
  readonly memory: ExportMemory;
  readonly log: Logger;
}

export interface BringRequest {
  readonly now: Instant;
  readonly today: LocalDate;
  /** Corrections do not wait either. */
  readonly isForced: boolean;
  /** Whether the newest days that were brought are looked for. */
  readonly isCheck: boolean;
  readonly onBrought: (records: number) => void;
  /** Told after each month of the series, from 0 to 1. */
  readonly onShare?: (share: number) => void;
}

export interface SeriesOutcome {
  readonly records: number;
  /** Whether what was brought before was no longer there, so that all of it was brought again. */
  readonly isLost: boolean;
  readonly isCorrectionWaiting: boolean;
  /** Why corrections were refused, which keeps nothing else from being brought; null where they were not. */
  readonly refusal: ExportFailure | null;
  /** Null where nothing was brought, and nothing looked for. */
  readonly newest: NewestPoint | null;
}

/**
 * Brings what a destination lacks of one series. The store tells by month whether anything may differ from what was
 * brought; of such a month the days are compared. What is remembered moves only behind what was read back.
 */
export async function bringSeries(
  series: ExportSeries,
  deps: BringDeps,
  request: BringRequest,
  signal: AbortSignal,
): Promise<SeriesOutcome> {
  const { exporter, reader, destination } = deps;
  const place = { destination, target: exporter.target, series: seriesId(series) };
  const span = spanOf(series, exporter, request.today);
  const sent = await loadSent(series, place, { ...deps, span }, request, signal);
  const waits = mustWait(sent, exporter, request);
  const corrections = new Corrections();
  const writer = new Writer({ series, place, span, sent, deps, request, signal });
  const marks = await reader.marks(series);
  const months = [...new Set([...marks.keys(), ...sent.months.keys()])].sort();
  for (const [position, month] of months.entries()) {
    request.onShare?.(position / months.length);
    const mark = marks.get(month) ?? unknownMark;
    const former = sent.months.get(month) ?? unsent;
    if (former.mark === mark || !touches(span, month)) continue;
    signal.throwIfAborted();
    const { settled, kept, added, corrected, isCorrected } = compareMonth(await reader.days(series, month), {
      mark,
      former,
      span,
    });
    if (isCorrected && !waits) corrections.note(month, settled, corrected);
    if (isCorrected && waits) writer.isCorrectionWaiting = true;
    if (added.length > 0 || !isDeepStrictEqual(kept, former)) await writer.add(month, kept, added);
  }
  await writer.flush();
  const refusal = await writer.correct(corrections);
  const { records, isCorrectionWaiting } = writer;
  const isTold = records > 0 || request.isCheck || changesWithTheClock(series);
  const newest = exporter.conclude && isTold ? await newestOf(series, reader, request.now) : null;
  return { records, isLost: sent.isLost, isCorrectionWaiting, refusal, newest };
}

interface MonthDifference {
  /** What is remembered once all of it has been brought. */
  readonly settled: SentMonth;
  /** What is remembered before its corrections are made. */
  readonly kept: SentMonth;
  readonly added: readonly ExportDay[];
  readonly corrected: readonly ExportDay[];
  readonly isCorrected: boolean;
}

function compareMonth(
  known: readonly ExportDay[],
  { mark, former, span }: { readonly mark: string; readonly former: SentMonth; readonly span: Span },
): MonthDifference {
  const { added, corrected, removed, current, withoutCorrections } = differenceOf(known, former.days, span);
  const isCorrected = corrected.length > 0 || removed.length > 0;
  // A month with days outside of the span is looked at every time, because the span moves.
  const isWhole = known.every(({ date }) => holdsDate(span, date));
  const settled = { mark: isWhole ? mark : unsent.mark, days: current };
  // A month with corrections keeps its former mark until they are made.
  const kept = isCorrected ? { mark: former.mark, days: withoutCorrections } : settled;
  return { settled, kept, added, corrected, isCorrected };
}

interface Writing {
  readonly series: ExportSeries;
  readonly place: SentPlace;
  readonly span: Span;
  readonly sent: SentSeries;
  readonly deps: Pick<BringDeps, "exporter" | "reader" | "memory">;
  readonly request: BringRequest;
  readonly signal: AbortSignal;
}

/** Writes a series step by step, and remembers each step once it was read back. */
class Writer {
  records = 0;
  isCorrectionWaiting = false;
  readonly #writing: Writing;
  readonly #adding = new Adding();
  /** By month, what the destination holds now. */
  readonly #brought: Map<Month, SentMonth>;

  constructor(writing: Writing) {
    this.#writing = writing;
    this.#brought = new Map(writing.sent.months);
  }

  /** Written with what follows, once there is enough of it. */
  async add(month: Month, now: SentMonth, days: readonly ExportDay[]): Promise<void> {
    const { exporter } = this.#writing.deps;
    this.#adding.note(month, now, days);
    if (this.#adding.points >= (exporter.pointsPerStep ?? defaultPointsPerStep)) await this.flush();
  }

  async flush(): Promise<void> {
    const { place, deps, request } = this.#writing;
    const { days, months, points } = this.#adding;
    if (months.size === 0) return;
    const isReplaced = days.length > 0 && !(await this.#isAdded(days));
    for (const [month, now] of months) this.#brought.set(month, now);
    await deps.memory.saveSent(place, isReplaced ? this.#brought : months, isReplaced ? request.now : null);
    this.#count(points);
    this.#adding.clear();
  }

  /** What is refused in a way that lasts is given back: it concerns nothing but what is there already. */
  async correct({ months, days }: Corrections): Promise<ExportFailure | null> {
    if (months.size === 0) return null;
    const { series, place, deps, request, signal } = this.#writing;
    try {
      await deps.exporter.correct({ series, days }, this.#whole, signal);
    } catch (error) {
      if (error instanceof ExportFailure && error.retry === "hourly") return error;
      throw error;
    }
    await deps.memory.saveSent(place, months, request.now);
    this.#count(pointsIn(days));
    return null;
  }

  /** False where other values stood there: then the series was corrected as a whole. */
  async #isAdded(days: readonly ExportDay[]): Promise<boolean> {
    const { series, place, deps, signal } = this.#writing;
    try {
      await deps.exporter.add({ series, days }, signal);
      return true;
    } catch (error) {
      if (!(error instanceof ExportConflict)) throw error;
      // Killed in the middle of it, the next run brings all of the series.
      await deps.memory.forgetSent(place);
      await deps.exporter.correct({ series, days }, this.#whole, signal);
      return false;
    }
  }

  readonly #whole = () => wholeSeries(this.#writing.series, this.#writing.deps.reader, this.#writing.span);

  #count(points: number): void {
    this.records += points;
    this.#writing.request.onBrought(points);
  }
}

/** A month of which nothing was brought; no month has that mark. */
const unsent: SentMonth = { mark: "", days: {} };

/** Of a month of which nothing is known any more: what was brought of it is to be taken back. */
const unknownMark = "unknown";

/** First and last day that are brought, both included; null: no limit. */
interface Span {
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

const spanOf = (series: ExportSeries, exporter: Exporter, today: LocalDate): Span => ({
  from: exporter.oldest(series, today),
  to: exporter.latest?.(series, today) ?? null,
});

const holdsDate = ({ from, to }: Span, date: LocalDate): boolean =>
  (from === null || date >= from) && (to === null || date <= to);

const touches = ({ from, to }: Span, month: Month): boolean =>
  (from === null || month >= from.slice(0, 7)) && (to === null || month <= to.slice(0, 7));

/** Values that hold for a while, known before it begins. */
const changesWithTheClock = ({ kind }: ExportSeries): boolean =>
  kind === "tempo_color" || kind === "tempo_remaining" || kind === "ecowatt";

class Adding {
  readonly months = new Map<Month, SentMonth>();
  days: ExportDay[] = [];
  points = 0;

  note(month: Month, sent: SentMonth, days: readonly ExportDay[]): void {
    this.months.set(month, sent);
    this.days.push(...days);
    this.points += pointsIn(days);
  }

  clear(): void {
    this.months.clear();
    this.days = [];
    this.points = 0;
  }
}

class Corrections {
  readonly months = new Map<Month, SentMonth>();
  readonly days: ExportDay[] = [];

  note(month: Month, sent: SentMonth, days: readonly ExportDay[]): void {
    this.months.set(month, sent);
    this.days.push(...days);
  }
}

const pointsIn = (days: readonly ExportDay[]): number => days.reduce((sum, { points }) => sum + points.length, 0);

const mustWait = ({ correctedAt }: SentSeries, { correctionEveryMs = 0 }: Exporter, request: BringRequest): boolean =>
  !request.isForced && correctedAt !== null && request.now - correctedAt < correctionEveryMs;

/** What was brought; nothing where the destination no longer has it. */
async function loadSent(
  series: ExportSeries,
  place: SentPlace,
  { exporter, reader, memory, log, span }: BringDeps & { readonly span: Span },
  { isCheck }: BringRequest,
  signal: AbortSignal,
): Promise<SentSeries & { readonly isLost: boolean }> {
  const sent = await memory.loadSent(place);
  if (!isCheck) return { ...sent, isLost: false };
  for (const month of latestMonths(sent)) {
    const day = await newestUnchanged(series, { month, sent, span }, reader);
    if (day === null || (await exporter.holds(series, day, signal))) continue;
    log.debug(
      { series: place.series, date: day.date },
      "what was exported is no longer there; all of it is sent again",
    );
    await memory.forgetSent(place);
    return { months: new Map(), correctedAt: null, isLost: true };
  }
  return { ...sent, isLost: false };
}

/** The last two of which days were brought: new days may have followed a loss that nobody noticed yet. */
const latestMonths = ({ months }: SentSeries): readonly Month[] =>
  [...months]
    .flatMap(([month, { days }]) => (Object.keys(days).length > 0 ? [month] : []))
    .sort()
    .slice(-2)
    .reverse();

/** The newest day of a month that was brought as it is now; null without any. */
async function newestUnchanged(
  series: ExportSeries,
  { month, sent, span }: { readonly month: Month; readonly sent: SentSeries; readonly span: Span },
  reader: ExportReader,
): Promise<ExportDay | null> {
  const fingerprints = sent.months.get(month)?.days ?? {};
  const days = (await reader.days(series, month)).filter(({ date }) => holdsDate(span, date));
  return days.findLast((day) => fingerprints[day.date] === fingerprintOf(day)) ?? null;
}

interface Difference {
  readonly added: readonly ExportDay[];
  readonly corrected: readonly ExportDay[];
  readonly removed: readonly LocalDate[];
  /** What stands for the days as they are now. */
  readonly current: Readonly<Record<LocalDate, string>>;
  /** What will be there once the days that are added are. */
  readonly withoutCorrections: Readonly<Record<LocalDate, string>>;
}

/** Days outside of the span are left as they are. */
function differenceOf(known: readonly ExportDay[], sent: Readonly<Record<LocalDate, string>>, span: Span): Difference {
  const days = known.filter(({ date }) => holdsDate(span, date));
  const current: Record<LocalDate, string> = {};
  for (const day of days) current[day.date] = fingerprintOf(day);
  const former = Object.keys(sent) as LocalDate[];
  const left = former.filter((date) => !holdsDate(span, date));
  for (const date of left) current[date] = sent[date] ?? "";
  const added = days.filter(({ date }) => sent[date] === undefined);
  const withoutCorrections: Record<LocalDate, string> = { ...sent };
  for (const { date } of added) withoutCorrections[date] = current[date] ?? "";
  return {
    added,
    corrected: days.filter(({ date }) => sent[date] !== undefined && sent[date] !== current[date]),
    removed: former.filter((date) => current[date] === undefined),
    current,
    withoutCorrections,
  };
}

/** Whether a value is estimated is not exported: a day is another one when an instant or a value is. */
export const fingerprintOf = ({ points }: ExportDay): string =>
  createHash("sha256")
    .update(JSON.stringify(points.map(({ start, end, value }) => [start, end, value])))
    .digest("base64url")
    .slice(0, 12);

async function* wholeSeries(
  series: ExportSeries,
  reader: ExportReader,
  span: Span,
): AsyncGenerator<readonly ExportDay[]> {
  for (const month of (await reader.marks(series)).keys()) {
    if (!touches(span, month)) continue;
    const days = (await reader.days(series, month)).filter(({ date }) => holdsDate(span, date));
    if (days.length > 0) yield days;
  }
}

async function newestOf(series: ExportSeries, reader: ExportReader, now: Instant): Promise<NewestPoint | null> {
  let next: ExportPoint | null = null;
  const at = placeAmongPoints(series, now);
  for (const month of [...(await reader.marks(series)).keys()].reverse()) {
    const points = (await reader.days(series, month)).flatMap((day) => day.points);
    next = points.find(({ start }) => start > at) ?? next;
    const point = points.findLast(({ start }) => start <= at);
    if (point) return { series, point, next };
  }
  return null;
}
