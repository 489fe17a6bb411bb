import type { Logger } from "../../shared/log.ts";
import type { ExportDay } from "../../sync/exports/series.ts";
import { type DeliveryDeps, deliver, differs } from "./delivery.ts";
import { failure } from "./failure.ts";
import { exactSelectorOf, isSameMetric } from "./selector.ts";
import type { Server, Span } from "./server.ts";
import { countOf, samplesOf, spanOf, type Wire } from "./wire.ts";

/** Bounds the memory of a step. */
const mostPointsPerStep = 20_000;
const longestUntilGoneMs = 10_000;

export interface Rewrite {
  readonly wires: readonly Wire[];
  readonly whole: () => AsyncIterable<readonly ExportDay[]>;
}

/**
 * Deletes the series and sends all of them again. Killed in the middle, it is done again from the start by whoever calls
 * next with the same correction.
 */
export async function rewrite(
  deps: DeliveryDeps & { readonly log: Logger },
  { wires, whole }: Rewrite,
  signal: AbortSignal,
): Promise<void> {
  const { server, clock, log } = deps;
  const all = { from: 0, to: clock.now() + aheadMs };
  for (const { metric } of wires) {
    const others = (await server.matching(metric, all, signal)).filter((other) => !isSameMetric(other, metric));
    log.info({ metric: metric.__name__ }, "a value of the past has changed: the series is written anew");
    await server.remove(exactSelectorOf(metric, others), signal);
    await requireGone(deps, metric, all, signal);
  }
  for await (const days of inSteps(whole())) {
    const imports = wires.map((wire) => ({ metric: wire.metric, samples: samplesOf(wire, days) }));
    const standing = await deliver(deps, { wires, days, imports }, signal);
    if (differs(standing)) throw failure("not_stored", { url: server.urlOf("write") });
  }
}

/** Further ahead nothing is kept. */
const aheadMs = 3 * 86_400_000;

/** Without it a former value could come back between the new ones. */
async function requireGone(
  { server, clock }: DeliveryDeps,
  metric: Wire["metric"],
  all: Span,
  signal: AbortSignal,
): Promise<void> {
  const until = clock.now() + longestUntilGoneMs;
  while ((await server.read(metric, all, signal)).size > 0) {
    if (clock.now() >= until) throw failure("delete_without_effect", { url: server.urlOf("delete") });
    await clock.sleep(500, signal);
  }
}

async function* inSteps(months: AsyncIterable<readonly ExportDay[]>): AsyncGenerator<readonly ExportDay[]> {
  let step: ExportDay[] = [];
  for await (const days of months) {
    step.push(...days);
    if (countOf(step) < mostPointsPerStep) continue;
    yield step;
    step = [];
  }
  if (step.length > 0) yield step;
}

/** The first days of a series; null where it has none. */
export async function firstDays(whole: Rewrite["whole"]): Promise<readonly ExportDay[] | null> {
  for await (const days of whole()) if (days.length > 0) return days;
  return null;
}

/** Whether a series holds values from before the first day that could be sent again: to delete it would lose them. */
export async function holdsOlder(
  server: Server,
  wires: readonly Wire[],
  first: readonly ExportDay[],
  signal: AbortSignal,
): Promise<boolean> {
  const to = spanOf(first).from - 1;
  for (const { metric } of wires) if ((await server.read(metric, { from: 0, to }, signal)).size > 0) return true;
  return false;
}
