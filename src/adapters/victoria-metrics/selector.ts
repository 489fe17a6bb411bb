import type { MetricLabels } from "./wire.ts";

/** `{__name__="…",pdl="…"}`: matches the series, and any that bears more labels than it. */
export const selectorOf = (metric: MetricLabels): string => `{${matchers(metric).join(",")}}`;

/** As `selectorOf`, without the series of `others`, which bear more labels: a label that must be absent is one equal to "". */
export function exactSelectorOf(metric: MetricLabels, others: readonly MetricLabels[]): string {
  const more = new Set(others.flatMap((labels) => Object.keys(labels).filter((name) => metric[name] === undefined)));
  return `{${[...matchers(metric), ...[...more].sort().map((name) => `${name}=""`)].join(",")}}`;
}

const matchers = (metric: MetricLabels): readonly string[] =>
  Object.entries(metric).map(([name, text]) => `${name}=${JSON.stringify(text)}`);

export function isSameMetric(a: MetricLabels, b: MetricLabels): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
