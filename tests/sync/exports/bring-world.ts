import assert from "node:assert/strict";
import { boundsOf, localDate } from "../../../src/domain/calendar.ts";
import { dayMs, type Instant, instant, type LocalDate } from "../../../src/domain/units.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { type BringRequest, bringSeries, fingerprintOf, type SeriesOutcome } from "../../../src/sync/exports/bring.ts";
import { type ExportBatch, ExportConflict, type Exporter } from "../../../src/sync/exports/exporter.ts";
import type { ExportMemory } from "../../../src/sync/exports/memory.ts";
import { type ExportDay, type ExportReader, type ExportSeries, seriesId } from "../../../src/sync/exports/series.ts";
import { MemoryOfExports } from "../../support/export-memory.ts";

export const series: ExportSeries = { kind: "tempo_color" };
const noon = instant(Date.UTC(2026, 10, 21, 11));

/** A civil day with these values, one after the other in equal parts. */
function dayOf(date: LocalDate, values: readonly number[]): ExportDay {
  const { start, end } = boundsOf(date);
  const at = (position: number): Instant => instant(start + Math.floor(((end - start) * position) / values.length));
  const points = values.map((value, position) => ({
    start: at(position),
    end: at(position + 1),
    value,
    isEstimated: false,
  }));
  return { date, points };
}

/** What there is to export, and how often its days were read. */
export class FakeReader implements ExportReader {
  readonly held = new Map<LocalDate, ExportDay>();
  readonly looked: string[] = [];

  put(days: Readonly<Record<string, number | readonly number[]>>): void {
    for (const [date, value] of Object.entries(days))
      this.held.set(localDate(date), dayOf(localDate(date), typeof value === "number" ? [value] : value));
  }
  remove(date: string): void {
    this.held.delete(localDate(date));
  }

  async list(): Promise<readonly ExportSeries[]> {
    return [series];
  }
  async marks(): Promise<ReadonlyMap<string, string>> {
    const months = Map.groupBy(this.#sorted(), ({ date }) => date.slice(0, 7));
    return new Map(
      [...months].map(([month, days]) => [month, days.map((day) => day.date + fingerprintOf(day)).join()]),
    );
  }
  async days(_: ExportSeries, month: string): Promise<readonly ExportDay[]> {
    this.looked.push(month);
    return this.#sorted().filter(({ date }) => date.startsWith(month));
  }

  #sorted = (): ExportDay[] => [...this.held.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** A destination that holds its exporter's callers to their word, and cannot replace a value by itself. */
export class FakeDestination implements Exporter {
  target = "fake";
  held = new Map<LocalDate, ExportDay>();
  readonly calls: string[] = [];
  oldestDate: LocalDate | null = null;
  latestDate: LocalDate | null = null;
  correctionEveryMs = 0;
  pointsPerStep?: number;
  /** Called once the destination holds what it was brought, before the caller knows. */
  onWritten: () => void = () => {};
  #hasLost = false;
  /** What could not be added is then corrected, with the new days beside it. */
  #isConflict = false;
  /** Days that were written while nobody remembered it yet, or that nobody remembers any more: they may be brought again. */
  readonly #unconfirmed = new Set<LocalDate>();

  takes = (): boolean => true;
  oldest = (): LocalDate | null => this.oldestDate;
  latest = (): LocalDate | null => this.latestDate;
  test = async () => [];
  open = async (): Promise<void> => {};
  holds = async (_: ExportSeries, day: ExportDay): Promise<boolean> => {
    this.calls.push(`holds ${day.date}`);
    return this.#isHeld(day);
  };

  async add({ days }: ExportBatch, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.calls.push(`add ${spanOf(days)}`);
    assertAscending(days);
    for (const day of days) {
      const isOther = this.held.has(day.date) && !this.#isHeld(day);
      if (isOther && this.#unconfirmed.has(day.date)) {
        this.#isConflict = true;
        throw new ExportConflict("another value stands there");
      }
      assert.ok(!this.held.has(day.date) || this.#unconfirmed.has(day.date), `${day.date} is added where it is held`);
    }
    this.#write(days);
  }

  async correct({ days }: ExportBatch, whole: () => AsyncIterable<readonly ExportDay[]>, signal: AbortSignal) {
    signal.throwIfAborted();
    this.calls.push(`correct ${spanOf(days)}`);
    if (days.length > 0) assertAscending(days);
    for (const day of days)
      if (!this.#unconfirmed.has(day.date)) {
        assert.ok(
          this.#hasLost || this.#isConflict || this.held.has(day.date),
          `${day.date} is corrected where it is not held`,
        );
        assert.ok(!this.#isHeld(day), `${day.date} is corrected to what is held`);
      }
    this.#isConflict = false;
    for (const date of this.held.keys()) if (this.#isInSpan(date)) this.#unconfirmed.add(date);
    const former = [...this.held.values()].filter(({ date }) => !this.#isInSpan(date));
    this.held = new Map(former.map((day) => [day.date, day]));
    const all: ExportDay[] = [];
    for await (const some of whole()) all.push(...some);
    if (all.length > 0) assertAscending(all);
    assert.ok(all.every(({ date }) => this.#isInSpan(date)));
    this.#write(all);
    for (const day of days) assert.ok(this.#isHeld(day), `${day.date} is not part of the whole`);
  }

  /** What is remembered as it is held: bringing it again would be a mistake. */
  confirm(days: Readonly<Record<LocalDate, string>>): void {
    for (const [date, day] of this.held) if (days[date] === fingerprintOf(day)) this.#unconfirmed.delete(date);
  }
  /** What is held is remembered no longer. */
  doubt(): void {
    for (const date of this.held.keys()) this.#unconfirmed.add(date);
  }
  /** Somebody emptied the destination. */
  lose(): void {
    this.held.clear();
    this.#hasLost = true;
  }

  #write(days: readonly ExportDay[]): void {
    for (const day of days) {
      this.held.set(day.date, day);
      this.#unconfirmed.add(day.date);
    }
    this.onWritten();
  }
  #isHeld(day: ExportDay): boolean {
    const held = this.held.get(day.date);
    return held !== undefined && fingerprintOf(held) === fingerprintOf(day);
  }
  #isInSpan = (date: LocalDate): boolean =>
    (this.oldestDate === null || date >= this.oldestDate) && (this.latestDate === null || date <= this.latestDate);
}

function assertAscending(days: readonly ExportDay[]): void {
  assert.ok(days.length > 0, "nothing is brought");
  for (const [position, { date, points }] of days.entries()) {
    assert.ok(points.length > 0, `${date} has no point`);
    assert.ok(position === 0 || date > (days[position - 1]?.date ?? ""), `${date} comes too late`);
  }
}

const spanOf = (days: readonly ExportDay[]): string =>
  days.length < 2 ? (days[0]?.date ?? "nothing") : `${days[0]?.date}..${days.at(-1)?.date} (${days.length})`;

/** A reader, a destination and what is remembered between runs. */
export class BringWorld {
  readonly reader = new FakeReader();
  readonly destination = new FakeDestination();
  readonly memory = new MemoryOfExports();
  now = noon;
  /** Thrown in the place of the next write to the memory, as when the process is killed. */
  killBeforeSave = false;
  /** Whether a run was killed since the last one that ended. */
  isInDoubt = false;

  readonly #memory: ExportMemory = Object.assign(Object.create(this.memory) as MemoryOfExports, {
    saveSent: async (...given: Parameters<ExportMemory["saveSent"]>) => {
      if (this.killBeforeSave) throw new Error("killed");
      await this.memory.saveSent(...given);
      this.saved.push([...given[1].keys()].join(" "));
      for (const { days } of given[1].values()) this.destination.confirm(days);
    },
    loadSent: (...given: Parameters<ExportMemory["loadSent"]>) => this.memory.loadSent(...given),
    forgetSent: async (...given: Parameters<ExportMemory["forgetSent"]>) => {
      await this.memory.forgetSent(...given);
      this.destination.doubt();
    },
  });
  readonly saved: string[] = [];

  /** What one run does: its outcome, the destination's calls, the months that were looked at and those remembered anew. */
  async run(
    asked: Partial<Pick<BringRequest, "isForced" | "isCheck">> = {},
    signal = new AbortController().signal,
  ): Promise<SeriesOutcome & { readonly calls: readonly string[]; readonly told: number }> {
    this.destination.calls.length = 0;
    this.reader.looked.length = 0;
    this.saved.length = 0;
    let told = 0;
    const outcome = await bringSeries(
      series,
      { destination: "fake", exporter: this.destination, reader: this.reader, memory: this.#memory, log: silentLog() },
      {
        now: this.now,
        today: localDate("2026-11-21"),
        isForced: false,
        isCheck: false,
        onBrought: (records) => {
          told += records;
        },
        ...asked,
      },
      signal,
    );
    this.isInDoubt = false;
    return { ...outcome, calls: [...this.destination.calls], told };
  }

  later(days: number): void {
    this.now = instant(this.now + days * dayMs);
  }

  /** Values by day, as the destination holds them. */
  held(): Record<string, number | readonly number[]> {
    return valuesOf(this.destination.held);
  }
  wanted(): Record<string, number | readonly number[]> {
    return valuesOf(this.reader.held);
  }
  sent = () => this.memory.loadSent({ destination: "fake", target: "fake", series: seriesId(series) });
}

const valuesOf = (held: ReadonlyMap<LocalDate, ExportDay>): Record<string, number | readonly number[]> =>
  Object.fromEntries(
    [...held]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([date, { points }]) => {
        const values = points.map(({ value }) => value);
        return [date, values.length === 1 ? (values[0] ?? Number.NaN) : values];
      }),
  );
