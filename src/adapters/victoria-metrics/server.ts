import { z } from "zod";
import { dayMs } from "../../domain/units.ts";
import { deletionRefusal, type Reply, refusal } from "./answers.ts";
import type { Held } from "./compare.ts";
import type { Bases, Side } from "./endpoint.ts";
import { failure } from "./failure.ts";
import { parseFlags, type ServerFlags, unknownFlags } from "./flags.ts";
import { isSameMetric, selectorOf } from "./selector.ts";
import type { Exchange } from "./transport.ts";
import type { MetricLabels } from "./wire.ts";

/** Instants in milliseconds, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const list = z.custom<readonly unknown[]>(Array.isArray);
const exported = z.looseObject({
  metric: z.record(z.string(), z.string()),
  // A value that is no number comes as null or as text. A schema for each of a hundred thousand would take most of the time.
  values: list,
  timestamps: list,
});
const answered = z.looseObject({ status: z.literal("success"), data: z.unknown() });
const listed = z.array(z.record(z.string(), z.string()));

/**
 * Read back over more than 40 days, a new day of a known series shows within a second: the server looks such a span up by
 * series. A shorter one it looks up by day, and measured, a new day is found there 10 s later only.
 */
const wideMs = 41 * dayMs;

/** A match for no series there is. */
const nothing = { __name__: "linky_bridge_no_such_series" };

/**
 * What is asked of VictoriaMetrics, by its own paths. All methods throw an `ExportFailure`, or the signal's reason when
 * aborted.
 */
export class Server {
  readonly #exchange: Exchange;
  readonly #bases: Bases;
  readonly #deleteAuthKey: string | null;

  constructor(exchange: Exchange, { bases, deleteAuthKey }: { bases: Bases; deleteAuthKey: string | null }) {
    this.#exchange = exchange;
    this.#bases = bases;
    this.#deleteAuthKey = deleteAuthKey;
  }

  urlOf = (side: Side): string => this.#bases[side];

  /** Accepted is not stored: only what is read back is. */
  async write(lines: string, signal: AbortSignal): Promise<void> {
    const reply = await this.#exchange({ side: "write", path: "/api/v1/import", lines }, signal);
    if (reply.status !== 204) throw this.#refused(reply, "write");
  }

  /** The values of one series in a span, exactly this one among those that the selector matches. */
  async read(metric: MetricLabels, { from, to }: Span, signal: AbortSignal): Promise<Held> {
    const start = seconds(Math.max(from - wideMs, 1));
    const form = { "match[]": selectorOf(metric), start, end: seconds(to) };
    const reply = await this.#exchange({ side: "read", path: "/api/v1/export", form }, signal);
    if (reply.status !== 200) throw this.#refused(reply, "read");
    const held = new Map<number, number[]>();
    for (const line of reply.text.split("\n")) {
      if (line === "") continue;
      const part = exported.safeParse(parsedJson(line));
      if (!part.success) throw failure("not_understood", { url: this.#bases.read, detail: line });
      if (isSameMetric(part.data.metric, metric)) addTo(held, part.data, { from, to });
    }
    return held;
  }

  /** The series that a selector of `metric` matches: itself, and those that bear more labels. */
  async matching(
    metric: MetricLabels,
    { to }: Pick<Span, "to">,
    signal: AbortSignal,
  ): Promise<readonly MetricLabels[]> {
    // 0 would stand for "not given", which is five minutes ago.
    const form = { "match[]": selectorOf(metric), start: "1", end: seconds(to) };
    const reply = await this.#exchange({ side: "read", path: "/api/v1/series", form }, signal);
    const found = listed.safeParse(this.#answer(reply));
    if (!found.success) throw failure("not_understood", { url: this.#bases.read, detail: reply.text });
    return found.data;
  }

  async remove(selector: string, signal: AbortSignal): Promise<void> {
    const key = this.#deleteAuthKey ? { authKey: this.#deleteAuthKey } : {};
    const path = "/api/v1/admin/tsdb/delete_series";
    const reply = await this.#exchange({ side: "delete", path, form: { "match[]": selector, ...key } }, signal);
    if (reply.status !== 204) throw deletionRefusal(reply, this.#bases.delete);
  }

  /** How the server was started, as far as whoever answers there tells. */
  async flags(signal: AbortSignal): Promise<ServerFlags> {
    const reply = await this.#exchange({ side: "read", path: "/metrics" }, signal);
    return reply.status === 200 ? parseFlags(reply.text) : unknownFlags;
  }

  /** A request that needs the login and nothing else. */
  async requireLogin(signal: AbortSignal): Promise<void> {
    this.#answer(await this.#exchange({ side: "read", path: "/api/v1/query?query=1" }, signal));
  }

  /** Goes the way of an import without importing anything. */
  requireWrite = (signal: AbortSignal): Promise<void> => this.write("", signal);

  requireDelete = (signal: AbortSignal): Promise<void> => this.remove(selectorOf(nothing), signal);

  async requireRead(span: Span, signal: AbortSignal): Promise<void> {
    await this.read(nothing, span, signal);
  }

  /** The data of an answer in Prometheus' form. */
  #answer(reply: Reply): unknown {
    if (reply.status !== 200) throw this.#refused(reply, "read");
    const answer = answered.safeParse(parsedJson(reply.text));
    if (!answer.success) throw failure("not_understood", { url: this.#bases.read, detail: reply.text });
    return answer.data.data;
  }

  #refused = (reply: Reply, side: Side): Error => refusal(reply, this.#bases[side]);
}

/** Seconds with their milliseconds, as parameters of time are written. */
const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function addTo(
  held: Map<number, number[]>,
  { timestamps, values }: z.infer<typeof exported>,
  { from, to }: Span,
): void {
  for (let position = 0; position < timestamps.length; position++) {
    const at = Number(timestamps[position]);
    if (!(at >= from && at <= to)) continue;
    const value = Number(values[position] ?? Number.NaN);
    const known = held.get(at);
    if (known) known.push(value);
    else held.set(at, [value]);
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
