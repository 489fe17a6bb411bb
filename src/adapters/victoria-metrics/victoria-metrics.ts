import { addDays, dateAt } from "../../domain/calendar.ts";
import { instant, type LocalDate } from "../../domain/units.ts";
import { type ExportBatch, ExportConflict, type Exporter } from "../../sync/exports/exporter.ts";
import { type ExportDay, type ExportSeries, seriesId } from "../../sync/exports/series.ts";
import { check, meterHistoryMs } from "./checks.ts";
import { deliver, differs, lacks, requireKept, type Standing, standingOf } from "./delivery.ts";
import { basesOf, headersOf, registerSecrets } from "./endpoint.ts";
import { type ServerFlags, unknownFlags } from "./flags.ts";
import { firstDays, holdsOlder, type Rewrite, rewrite } from "./rewrite.ts";
import { Server } from "./server.ts";
import type { VictoriaMetricsSettings } from "./settings.ts";
import { createExchange } from "./transport.ts";
import { samplesOf, type Wire, wiresOf } from "./wire.ts";

const defaultTimeoutMs = 30_000;
const dayMs = 86_400_000;
/** The first day whose beginning is kept, and one for a run that passes midnight. */
const keptMarginDays = 2;
/** Until then what an interrupted request brought may not show yet: a new series takes 10 s. */
const settlingMs = 15_000;

/**
 * Exports to VictoriaMetrics, single server, cluster, or behind vmauth or vmagent. Its facts decide the shape: what is
 * accepted is not yet stored, no value is ever overwritten, and a value that is sent twice may count twice.
 * @throws ExportFailure for an address that is none.
 */
export function createVictoriaMetrics(settings: VictoriaMetricsSettings): Exporter {
  registerSecrets(settings);
  const bases = basesOf(settings);
  const { timeoutMs = defaultTimeoutMs, log, deleteAuthKey = null } = settings;
  const exchange = createExchange({ bases, headers: headersOf(settings), timeoutMs, log });
  return new VictoriaMetrics(settings, new Server(exchange, { bases, deleteAuthKey }));
}

class VictoriaMetrics implements Exporter {
  readonly target: string;
  readonly correctionEveryMs: number;
  /** A new series shows after ten seconds: many wait together. */
  readonly parallel = 8;
  readonly pointsPerStep = 10_000;
  readonly #settings: VictoriaMetricsSettings;
  readonly #server: Server;
  #flags: ServerFlags = unknownFlags;
  /** Series whose last import may or may not have arrived. */
  readonly #doubtful = new Set<string>();
  #settledAt: number;

  constructor(settings: VictoriaMetricsSettings, server: Server) {
    const { metricNames, tempoColors, labels = {}, corrections, clock } = settings;
    this.#settings = settings;
    this.#server = server;
    this.target = JSON.stringify({ url: server.urlOf("write"), metricNames, tempoColors, labels: sorted(labels) });
    this.correctionEveryMs = corrections === "replace" ? dayMs : 0;
    this.#settledAt = clock.now() + settlingMs;
  }

  takes = (series: ExportSeries): boolean => this.#wires(series).length > 0;
  /**
   * Everything of a meter: what the server would drop of it is refused. Signals of the country go back further than most
   * servers keep, and anybody publishes them: they begin with what is kept, where that is enough for a meter.
   */
  oldest = (series: ExportSeries): LocalDate | null => {
    const { retentionMs } = this.#flags;
    if ("usagePoint" in series || retentionMs === null || retentionMs < meterHistoryMs) return null;
    return addDays(dateAt(instant(this.#settings.clock.now() - retentionMs)), keptMarginDays);
  };
  /** Two days ahead the server takes nothing any more; what is announced earlier waits. */
  latest = (_series: ExportSeries, today: LocalDate): LocalDate => addDays(today, 1);
  test = (signal: AbortSignal) => check(this.#server, this.#settings, signal);

  async open(signal: AbortSignal): Promise<void> {
    this.#flags = await this.#server.flags(signal);
  }

  /** @throws ExportConflict where other values stand there and corrections replace. */
  async add({ series, days }: ExportBatch, signal: AbortSignal): Promise<void> {
    if (days.length === 0) return;
    this.#requireKept(days);
    const wires = this.#wires(series);
    let imports = wires.map((wire) => ({ metric: wire.metric, samples: samplesOf(wire, days) }));
    if (!this.#isRepeatable() || this.#doubtful.has(seriesId(series))) {
      const standing = await this.#settledStanding(wires, days, signal);
      this.#requireSame(standing);
      if (!lacks(standing)) return this.#noDoubt(series);
      imports = wires.map((wire) => ({ metric: wire.metric, samples: standing.get(wire)?.missing ?? none }));
    }
    await this.#inDoubt(series, async () =>
      this.#requireSame(await deliver(this.#deps(), { wires, days, imports }, signal)),
    );
  }

  async correct({ series, days }: ExportBatch, whole: Rewrite["whole"], signal: AbortSignal): Promise<void> {
    const wires = this.#wires(series);
    const first = await firstDays(whole);
    if (first) this.#requireKept(first);
    if (!this.#replaces()) return this.#append(series, wires, days, signal);
    // What does not show yet is not deleted either.
    await this.#settle(signal);
    // What is older than the first day that is kept is about to go by itself.
    const mayLose = first !== null && this.oldest(series) === null;
    if (mayLose && (await holdsOlder(this.#server, wires, first, signal))) {
      const facts = { metric: wires[0]?.metric.__name__ };
      this.#settings.log.warn(
        facts,
        "corrected values are appended: the series holds older ones that nobody could restore",
      );
      return this.#append(series, wires, days, signal);
    }
    await this.#inDoubt(series, () => rewrite({ ...this.#deps(), log: this.#settings.log }, { wires, whole }, signal));
  }

  async holds(series: ExportSeries, day: ExportDay, signal: AbortSignal): Promise<boolean> {
    const standing = await standingOf(this.#server, this.#wires(series), [day], signal);
    return !lacks(standing) && !(this.#replaces() && differs(standing));
  }

  /** Beside the former values: which of them shows is the server's choice, as the setting says. */
  async #append(series: ExportSeries, wires: readonly Wire[], days: readonly ExportDay[], signal: AbortSignal) {
    if (days.length === 0) return;
    this.#requireKept(days);
    const standing = await this.#settledStanding(wires, days, signal);
    const imports = wires.flatMap((wire) => {
      const { missing = none, different = none } = standing.get(wire) ?? {};
      return [missing, real(different)].map((samples) => ({ metric: wire.metric, samples }));
    });
    await this.#inDoubt(series, () => deliver(this.#deps(), { wires, days, imports }, signal));
    const facts = { metric: wires[0]?.metric.__name__, days: days.length };
    this.#settings.log.warn(facts, "corrected values were appended: the larger one of each instant may be shown");
  }

  #wires = (series: ExportSeries): readonly Wire[] => wiresOf(series, this.#settings);
  #deps = () => ({ server: this.#server, clock: this.#settings.clock });
  #replaces = (): boolean => this.#settings.corrections === "replace";
  /** Whether the server keeps one of two samples of an instant. */
  #isRepeatable = (): boolean => (this.#flags.dedupMs ?? 0) > 0;

  #requireKept(days: readonly ExportDay[]): void {
    requireKept(this.#server, days, { now: this.#settings.clock.now(), ...this.#flags });
  }

  #requireSame(standing: Standing): void {
    if (this.#replaces() && differs(standing)) throw new ExportConflict();
  }

  async #settledStanding(wires: readonly Wire[], days: readonly ExportDay[], signal: AbortSignal): Promise<Standing> {
    await this.#settle(signal);
    return standingOf(this.#server, wires, days, signal);
  }

  /** Waits until all that was ever sent shows, be it by a process that was killed. */
  async #settle(signal: AbortSignal): Promise<void> {
    const { clock } = this.#settings;
    const leftMs = this.#settledAt - clock.now();
    if (leftMs > 0) await clock.sleep(leftMs, signal);
  }

  /** From before a request until its values were read back, nobody knows whether they arrived. */
  async #inDoubt(series: ExportSeries, write: () => Promise<unknown>): Promise<void> {
    this.#doubtful.add(seriesId(series));
    try {
      await write();
      this.#noDoubt(series);
    } catch (error) {
      this.#settledAt = this.#settings.clock.now() + settlingMs;
      throw error;
    }
  }

  #noDoubt(series: ExportSeries): void {
    this.#doubtful.delete(seriesId(series));
  }
}

const none = { timestamps: [], values: [] };

/** Without the instants that stand there and should not: they have no value to send. */
function real({ timestamps, values }: { readonly timestamps: readonly number[]; readonly values: readonly number[] }) {
  const kept = timestamps.map((_, position) => position).filter((position) => !Number.isNaN(values[position]));
  return {
    timestamps: kept.map((position) => timestamps[position] ?? 0),
    values: kept.map((position) => values[position] ?? 0),
  };
}

const sorted = (labels: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
