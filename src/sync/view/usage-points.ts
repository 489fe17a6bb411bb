import { dateAt } from "../../domain/calendar.ts";
import { describeOffPeak } from "../../domain/tariff/off-peak.ts";
import type { DatedPlan } from "../../domain/tariff/plan.ts";
import { datedPlanOn } from "../bill/day-tariff.ts";
import type { BillDeps } from "../bill/meter.ts";
import { isPlanKnown } from "../observe/tariff.ts";
import { problemOf } from "../observe.ts";
import { loadPointPlan, loadSelectedOffer } from "../prices/selected-offer.ts";
import type { ProblemSnapshot } from "../snapshot.ts";
import { isoOf } from "./iso.ts";
import type { KnownSpan } from "./store.ts";

/** Every meter of the account with what is known of it, as an answer of the API has it. */
export async function loadUsagePointViews({ store, clock, account, plans }: BillDeps) {
  const today = dateAt(clock.now());
  const [points, spans, cities, tasks] = await Promise.all([
    store.loadUsagePoints(account),
    store.loadKnownSpans(account),
    store.loadCities(account),
    store.loadTasks(),
  ]);
  return Promise.all(
    points.map(async (point) => {
      const { history } = await loadPointPlan(store, point, plans);
      const selected = await loadSelectedOffer(store, point);
      return {
        id: point.id,
        name: point.name,
        listed: point.listed,
        hasConsumption: point.hasConsumption,
        hasProduction: point.hasProduction,
        subscribedPowerKva: point.subscribedPowerKva,
        offpeakHours: point.offpeakHours,
        activationDate: point.activationDate,
        city: cities.get(point.id) ?? null,
        flows: spans.filter(({ usagePoint }) => usagePoint === point.id).map(flowView),
        plan: isPlanKnown(history, today) ? planView(datedPlanOn(history, today)) : null,
        selectedOffer: selected && { id: selected.offer.id, name: selected.name },
        problem: problemView(problemOf(point, tasks, "en")),
      };
    }),
  );
}

const flowView = ({ flow, from, through, days }: KnownSpan) => ({ flow, from, through, days });

const planView = (dated: DatedPlan | null) =>
  dated && {
    kind: dated.plan.kind,
    offpeakHours: dated.plan.offPeak && describeOffPeak(dated.plan.offPeak),
    from: dated.from,
    origin: dated.origin,
  };

const problemView = (problem: ProblemSnapshot | null) =>
  problem && { code: problem.code, ...problem.text, since: isoOf(problem.since) };
