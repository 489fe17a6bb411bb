import type { Instant } from "../../domain/units.ts";
import { type Flow, flows } from "../../domain/usage-point.ts";
import type { Clock } from "../../shared/clock.ts";
import type { DestinationName, ExportRun } from "../../sync/exports/destination.ts";
import type { CallProgress } from "../../sync/pass.ts";
import { subjectOf } from "../../sync/plan/call.ts";
import type { PassEnd } from "../../sync/service.ts";
import type { Sink, Snapshot } from "../../sync/snapshot.ts";
import { type PdlMode, pdlLabels } from "./pdl-labels.ts";
import { labelValues } from "./reference.ts";
import { Metrics } from "./registry.ts";
import { factSamples, type Sample, type Shown, snapshotSamples, taskSamples } from "./samples.ts";
import type { MetricsSource, StoreFacts, TaskName, TaskTimes } from "./source.ts";

export interface MetricsOptions {
  readonly source: MetricsSource;
  readonly clock: Pick<Clock, "now">;
  readonly version: string;
  readonly pdlMode: PdlMode;
  /** A store that does not answer within this is down for whoever scrapes, who waits ten seconds. Default 5 s. */
  readonly databaseTimeoutMs?: number;
}

const gateway = "gateway";

/**
 * What Prometheus scrapes: told of snapshots, calls, rounds and exports as they come, it asks its source for the rest at
 * each scrape. It shows what is known now, without times: history is what the exports are for.
 */
export class MetricsRecorder implements Sink {
  readonly name = "prometheus";
  #options: MetricsOptions;
  readonly #metrics = new Metrics();
  readonly #runs = new Map<DestinationName, ExportRun>();
  readonly #successes = new Map<DestinationName, Instant>();
  readonly #prepared = new Set<DestinationName>();
  #shown: Shown | null = null;
  #callAt: Instant | null = null;
  #pass: PassEnd | null = null;
  /** Whether the last round that asked for anything was an error. */
  #isFailing = false;
  /** The last answer of the gateway as of the last round that was no error; null before the first snapshot. */
  #answered: { readonly at: Instant | null } | null = null;

  constructor(options: MetricsOptions) {
    this.#options = options;
    this.#begin();
  }

  /** Goes on counting after a change of the settings; the gauges are those of what is set now. */
  follow(options: MetricsOptions): void {
    this.#options = options;
    this.#shown = null;
    for (const destination of [...this.#runs.keys()])
      if (!options.source.destinations.includes(destination)) {
        this.#runs.delete(destination);
        this.#successes.delete(destination);
      }
    this.#begin();
  }

  async publish(snapshot: Snapshot): Promise<void> {
    this.#shown = { snapshot, shownAt: this.#options.clock.now() };
    this.#answered ??= { at: snapshot.bridge.lastSyncAt };
  }

  /** To be told before and after each call of the gateway. */
  observeCall({ candidate: { call }, result }: Pick<CallProgress, "candidate" | "result">): void {
    if (result === null) {
      this.#callAt = this.#options.clock.now();
      return;
    }
    const code: (typeof labelValues.code)[number] = result.outcome;
    this.#metrics.count("linky_bridge_gateway_requests_total", { endpoint: subjectOf(call) ?? call.kind, code });
  }

  observePass(pass: PassEnd): void {
    const status = statusOf(pass);
    this.#metrics.count("linky_bridge_sync_total", { source: gateway, status });
    if (pass.result !== null && pass.result.calls > 0) this.#pass = pass;
    if (status !== "skipped") this.#isFailing = status === "error";
    if (!this.#isFailing && this.#shown) this.#answered = { at: this.#shown.snapshot.bridge.lastSyncAt };
  }

  observeExportRun(destination: DestinationName, run: ExportRun): void {
    const former = this.#runs.get(destination);
    const status = run.status === "success" ? "success" : "error";
    this.#runs.set(destination, run);
    if (run.status === "success") this.#successes.set(destination, run.completedAt);
    this.#metrics.count("myelectricaldata_export_total", { destination, status });
    this.#metrics.count("myelectricaldata_export_records_total", { destination }, run.records);
    if (former !== undefined && former.status !== "success")
      this.#metrics.count("linky_bridge_export_retries_total", { destination });
    this.#metrics.observe("linky_bridge_export_run_duration_seconds", { destination }, secondsOf(run));
  }

  get contentType(): string {
    return this.#metrics.contentType;
  }

  /** The text of one scrape. Never rejects for the database's outage, which is one of its values. */
  async write(): Promise<string> {
    const facts = await this.#facts();
    this.#metrics.replaceGauges(this.#samples(facts));
    if (facts)
      for (const direction of flows)
        this.#metrics.setCount("linky_bridge_corrections_total", { direction }, correctionsOf(facts, direction));
    return this.#metrics.write();
  }

  /** What is counted begins at 0, so that the first of anything is a growth. */
  #begin(): void {
    for (const status of labelValues.status)
      this.#metrics.count("linky_bridge_sync_total", { source: gateway, status }, 0);
    for (const endpoint of labelValues.endpoint)
      for (const code of labelValues.code)
        this.#metrics.count("linky_bridge_gateway_requests_total", { endpoint, code }, 0);
    for (const destination of this.#options.source.destinations) {
      for (const status of ["success", "error"])
        this.#metrics.count("myelectricaldata_export_total", { destination, status }, 0);
      this.#metrics.count("myelectricaldata_export_records_total", { destination }, 0);
      this.#metrics.count("linky_bridge_export_retries_total", { destination }, 0);
      if (!this.#prepared.has(destination))
        this.#metrics.prepare("linky_bridge_export_run_duration_seconds", { destination });
      this.#prepared.add(destination);
    }
  }

  /** Null where the store does not answer in time. */
  async #facts(): Promise<StoreFacts | null> {
    const timeout = AbortSignal.timeout(this.#options.databaseTimeoutMs ?? 5_000);
    const late = new Promise<null>((resolve) => timeout.addEventListener("abort", () => resolve(null), { once: true }));
    return Promise.race([this.#options.source.facts().catch(() => null), late]);
  }

  #samples(facts: StoreFacts | null): readonly Sample[] {
    const { version, pdlMode, clock, source } = this.#options;
    const points = this.#shown?.snapshot.usagePoints ?? [];
    const connected = source.isMqttConnected();
    return [
      { name: "linky_bridge_build_info", labels: { version }, value: 1 },
      { name: "linky_bridge_database_up", labels: {}, value: Number(facts !== null) },
      ...(connected === null
        ? []
        : [{ name: "linky_bridge_mqtt_connected", labels: {}, value: Number(connected) } as const]),
      ...(this.#shown ? snapshotSamples(this.#shown, clock.now(), pdlMode) : []),
      ...factSamples(facts?.flows ?? [], pdlLabels(points, pdlMode)),
      ...taskSamples(this.#times(facts)),
      ...(this.#pass
        ? [
            {
              name: "linky_bridge_sync_duration_seconds",
              labels: { source: gateway },
              value: secondsOf(this.#pass),
            } as const,
          ]
        : []),
      ...[...this.#runs].flatMap(([destination, run]) => runSamples(destination, run)),
    ];
  }

  /** What this process saw, and of earlier ones what the store remembers. */
  #times(facts: StoreFacts | null): ReadonlyMap<TaskName, TaskTimes> {
    const times = new Map(facts?.tasks);
    const answeredAt = this.#shown?.snapshot.bridge.lastSyncAt ?? null;
    times.set(gateway, { attemptAt: latest(this.#callAt, answeredAt), successAt: this.#answered?.at ?? null });
    for (const [destination, { startedAt }] of this.#runs) {
      const known = times.get(destination);
      times.set(destination, {
        attemptAt: latest(startedAt, known?.attemptAt ?? null),
        successAt: latest(this.#successes.get(destination) ?? null, known?.successAt ?? null),
      });
    }
    return times;
  }
}

/** One call that brought nothing makes the round an error, whatever the others brought. */
function statusOf({ result }: PassEnd): (typeof labelValues.status)[number] {
  if (result === null || result.failed > 0) return "error";
  return result.calls === 0 ? "skipped" : "success";
}

const runSamples = (destination: DestinationName, run: ExportRun): Sample[] => [
  { name: "myelectricaldata_export_duration_seconds", labels: { destination }, value: secondsOf(run) },
  { name: "linky_bridge_export_up", labels: { destination }, value: Number(run.status === "success") },
  { name: "linky_bridge_export_waiting_corrections", labels: { destination }, value: run.waitingCorrections },
];

const secondsOf = ({ startedAt, completedAt }: Pick<ExportRun, "startedAt" | "completedAt">): number =>
  Math.max(0, completedAt - startedAt) / 1000;

const latest = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null || (other !== null && other > one) ? other : one;

const correctionsOf = ({ flows: known }: StoreFacts, flow: Flow): number =>
  known.filter((facts) => facts.flow === flow).reduce((sum, { correctedDays }) => sum + correctedDays, 0);
