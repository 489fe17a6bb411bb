import { redactValue, shortId } from "../../shared/redaction.ts";
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
  about: { readonly version: string; readonly account: string; readonly missing: readonly string[] },
) => {
  const { facts, lastPass } = report;
  const { rss, heapUsed, external } = facts.memory();
  return {
    madeAt: isoOf(report.madeAt),
    versions: { linkyBridge: about.version, node: facts.node, postgres: facts.postgres, platform: facts.platform },
    startedAt: isoOf(facts.startedAt),
    config: anonymous(facts.config, about.account),
    missingOptions: [...about.missing],
    tables: report.tables.map((table) => ({ ...table })),
    meters: report.meters.map(meterView),
    lastPass: lastPass && {
      calls: lastPass.calls,
      written: lastPass.written,
      nextCallAt: isoOrNull(lastPass.nextAt),
      lastAnswerAt: isoOrNull(lastPass.snapshot.bridge.lastSyncAt),
    },
    problems: anonymous((lastPass?.snapshot.bridge.problems ?? []).map(problemView), about.account),
    tasks: anonymous(
      report.tasks.map(({ askedAt, succeededAt, retryAt, ...task }) => ({
        ...task,
        askedAt: isoOf(askedAt),
        succeededAt: isoOrNull(succeededAt),
        retryAt: isoOrNull(retryAt),
      })),
      about.account,
    ),
    budgets: report.budgets.map((budget) => ({ ...budget })),
    series: anonymous(report.series.map(seriesView), about.account),
    memory: { rssBytes: rss, heapUsedBytes: heapUsed, externalBytes: external },
    log: anonymous(facts.log(), about.account),
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
  isActive: series.isActive,
  firstHour: isoOrNull(series.firstHour),
  lastHour: isoOrNull(series.lastHour),
  writtenUntil: isoOrNull(series.dirtyFrom),
  foreignAt: isoOrNull(series.foreignAt),
});

/** Copies a value of plain JSON, without what a log would hide and without the account's id. */
function anonymous<T>(value: T, account: string): T {
  const text = JSON.stringify(redactValue(value));
  const bare = account === "" ? text : text.replaceAll(JSON.stringify(account).slice(1, -1), "(account)");
  return JSON.parse(bare);
}
