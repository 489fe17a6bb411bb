import type { ExportPort } from "../diagnostics/exports.ts";
import type { FlowSnapshot, UsagePointSnapshot } from "../snapshot.ts";
import type { ReadingStore } from "../store.ts";
import { currentSnapshot, type SnapshotDeps } from "./current-snapshot.ts";
import { isoOf, isoOrNull } from "./iso.ts";
import {
  costsView,
  dayValueView,
  ecowattView,
  periodValueView,
  problemView,
  tariffView,
  tempoView,
} from "./overview-json.ts";
import { loadPreviousYear } from "./previous-year.ts";

export interface OverviewDeps extends SnapshotDeps {
  /** Where what is stored is brought to. */
  readonly exports: readonly ExportPort[];
}

/** All that is known of now, as an answer of the API has it. */
export async function loadOverview(deps: OverviewDeps) {
  const { store } = deps;
  const { at, snapshot } = await currentSnapshot(deps);
  const { bridge } = snapshot;
  const [usagePoints, sinks] = await Promise.all([
    Promise.all(snapshot.usagePoints.map((point) => pointView(store, point))),
    Promise.all(deps.exports.map(sinkView)),
  ]);
  return {
    at: isoOf(at),
    usagePoints,
    tempo: tempoView(snapshot.tempo),
    ecowatt: ecowattView(snapshot.ecowatt),
    bridge: {
      version: bridge.version,
      lastAnswerAt: isoOrNull(bridge.lastSyncAt),
      nextCallAt: isoOrNull(bridge.nextCallAt),
      budget: bridge.budget,
      problems: bridge.problems.map(problemView),
    },
    sinks,
  };
}

async function sinkView({ destination, name, address, status }: ExportPort) {
  const { state, lastSuccessAt, problem } = await status();
  return {
    name: destination,
    label: name,
    state,
    url: address,
    lastSuccessAt: isoOrNull(lastSuccessAt),
    problem: problem && { ...problem.text, since: isoOrNull(problem.since) },
  };
}

async function pointView(store: Pick<ReadingStore, "loadDays">, point: UsagePointSnapshot) {
  const { maxPower, tariff, problem } = point;
  return {
    id: point.id,
    name: point.name,
    available: point.available,
    subscribedPowerKva: point.subscribedPowerKva,
    flows: await Promise.all(point.flows.map((flow) => flowView(store, point, flow))),
    tariff: tariff && tariffView(tariff),
    costs: costsView(point.costs),
    maxPower: maxPower && { date: maxPower.date, at: isoOf(maxPower.at), powerVa: maxPower.powerVa },
    dataThrough: isoOrNull(point.dataThrough),
    late: point.late,
    history: point.history,
    problem: problem && problemView(problem),
  };
}

async function flowView(store: Pick<ReadingStore, "loadDays">, { id }: UsagePointSnapshot, shown: FlowSnapshot) {
  const { flow, latest, yesterday, yesterdayDate, month, year } = shown;
  const previous = await loadPreviousYear(store, id, shown);
  return {
    flow,
    latest: latest && dayValueView(latest, previous({ from: latest.date, to: latest.date })),
    yesterday: yesterday && dayValueView(yesterday, previous({ from: yesterday.date, to: yesterday.date })),
    yesterdayDate,
    month: month && periodValueView(month, previous({ from: month.from, to: month.through })),
    year: year && periodValueView(year, previous({ from: year.from, to: year.through })),
  };
}
