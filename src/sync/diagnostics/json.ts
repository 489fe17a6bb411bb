import { mask, redactValue, shortId } from "../../shared/redaction.ts";
import type { ProblemSnapshot } from "../snapshot.ts";
import type { SeriesState } from "../statistics/series.ts";
import { isoOf, isoOrNull } from "../view/iso.ts";
import type { DiagnosticsReport } from "./report.ts";

/**
 * The report as it may be handed to a stranger: no secret, no account, and of a usage point its last four digits. What
 * is free text goes through the same sieve as the log.
 */
export const diagnosticsView = (
  report: DiagnosticsReport,
  about: {
    readonly version: string;
    readonly missing: readonly string[];
    /** Words that must not leave, beyond what the log hides: the account's id, the code of a first visit. */
    readonly hidden: readonly string[];
  },
) => {
  const { facts, lastPass } = report;
  const { rss, heapUsed, external } = facts.memory();
  return {
    madeAt: isoOf(report.madeAt),
    versions: { linkyBridge: about.version, node: facts.node, postgres: facts.postgres, platform: facts.platform },
    startedAt: isoOf(facts.startedAt),
    config: anonymous(facts.config, about.hidden),
    missingOptions: [...about.missing],
    tables: report.tables.map((table) => ({ ...table })),
    meters: report.meters.map(meterView),
    lastPass: lastPass && {
      calls: lastPass.calls,
      written: lastPass.written,
      nextCallAt: isoOrNull(lastPass.nextAt),
      lastAnswerAt: isoOrNull(lastPass.snapshot.bridge.lastSyncAt),
    },
    problems: anonymous((lastPass?.snapshot.bridge.problems ?? []).map(problemView), about.hidden),
    tasks: anonymous(
      report.tasks.map(({ askedAt, succeededAt, retryAt, ...task }) => ({
        ...task,
        askedAt: isoOf(askedAt),
        succeededAt: isoOrNull(succeededAt),
        retryAt: isoOrNull(retryAt),
      })),
      about.hidden,
    ),
    budgets: report.budgets.map((budget) => ({ ...budget })),
    series: anonymous(report.series.map(seriesView), about.hidden),
    memory: { rssBytes: rss, heapUsedBytes: heapUsed, externalBytes: external },
    log: anonymous(facts.log(), about.hidden),
  };
};

const meterView = ({ point, flows }: DiagnosticsReport["meters"][number]) => ({
  usagePoint: shortId(point.id),
  isListed: point.listed,
  isActive: point.isActive,
  hasConsumption: point.hasConsumption,
  hasProduction: point.hasProduction,
  contractKnown: point.contractKnown,
  problem: point.problem?.code ?? null,
  flows: flows.map(({ flow, first, last, counts }) => ({
    flow,
    firstDay: first,
    lastDay: last,
    counts: { ...counts },
  })),
});

const problemView = ({ code, since, usagePoint, text }: ProblemSnapshot) => ({
  code,
  since: isoOf(since),
  usagePoint: usagePoint && shortId(usagePoint),
  ...text,
});

const seriesView = (series: SeriesState) => ({
  statisticId: series.statisticId,
  measure: series.measure,
  firstHour: isoOrNull(series.firstHour),
  lastHour: isoOrNull(series.lastHour),
  writtenUntil: isoOrNull(series.dirtyFrom),
  foreignAt: isoOrNull(series.foreignAt),
});

/** Copies a value of plain JSON, without what a log would hide and without the words given. */
function anonymous<T>(value: T, hidden: readonly string[]): T {
  const words = hidden.filter((word) => word !== "");
  const without = (text: string): string => words.reduce((left, word) => left.replaceAll(word, mask), text);
  return JSON.parse(JSON.stringify(redactValue(value)), (_key, part: unknown) =>
    typeof part === "string" ? without(part) : part,
  );
}
