import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { type LabelName, type Metric, type MetricName, metricReference } from "./reference.ts";
import type { Sample } from "./samples.ts";

type Labels = Readonly<Partial<Record<LabelName, string>>>;

/** The metrics of the reference, each of them there once. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #gauges = new Map<string, Gauge>();
  readonly #counters = new Map<string, Counter>();
  readonly #histograms = new Map<string, Histogram>();

  constructor() {
    for (const { name, type, labels, help, buckets = [] } of metricReference as readonly Metric[]) {
      const config = { name, help: help.en, labelNames: [...labels], registers: [this.#registry] };
      if (type === "gauge") this.#gauges.set(name, new Gauge(config));
      else if (type === "counter") this.#counters.set(name, new Counter(config));
      else this.#histograms.set(name, new Histogram({ ...config, buckets: [...buckets] }));
    }
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  count(name: MetricName, labels: Labels, by = 1): void {
    found(this.#counters, name).inc(labels, by);
  }

  /** For a counter that is kept elsewhere. */
  setCount(name: MetricName, labels: Labels, value: number): void {
    const counter = found(this.#counters, name);
    counter.remove(labels);
    counter.inc(labels, value);
  }

  observe(name: MetricName, labels: Labels, value: number): void {
    found(this.#histograms, name).observe(labels, value);
  }

  /** A histogram that is there before anything is observed; what was observed is forgotten. */
  prepare(name: MetricName, labels: Labels): void {
    found(this.#histograms, name).zero(labels);
  }

  /** These are the gauges that there are; those of before are gone with their labels. */
  replaceGauges(samples: readonly Sample[]): void {
    for (const gauge of this.#gauges.values()) {
      gauge.reset();
      // A gauge without labels is 0 after that, which nobody measured.
      gauge.remove({});
    }
    for (const { name, labels, value } of samples) found(this.#gauges, name).set(labels, value);
  }

  /** In Prometheus' text format, those of the program and its runtime behind ours. */
  async write(): Promise<string> {
    return `${await this.#registry.metrics()}\n${await programMetrics().metrics()}`;
  }
}

function found<T>(metrics: ReadonlyMap<string, T>, name: MetricName): T {
  const metric = metrics.get(name);
  if (metric === undefined) throw new Error(`${name} is another type of metric`);
  return metric;
}

/** Gauges whose names end as a counter's do, which `promtool check metrics` refuses. */
const misnamed = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

let program: Registry | null = null;

/** `process_…` and `nodejs_…`. They watch the whole process, for as long as it lives, so that there is one of them. */
function programMetrics(): Registry {
  if (program === null) {
    program = new Registry();
    collectDefaultMetrics({ register: program });
    for (const name of misnamed) program.removeSingleMetric(name);
  }
  return program;
}
