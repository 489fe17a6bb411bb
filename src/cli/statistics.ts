import { describeOffPeak } from "../domain/tariff/off-peak.ts";
import type { DatedPlan } from "../domain/tariff/plan.ts";
import { toWh, type WattMinutes } from "../domain/units.ts";
import type { Language } from "../shared/language.ts";
import { loadPointPlan } from "../sync/prices/selected-offer.ts";
import { sumInUnit, sumInWh } from "../sync/statistics/amount.ts";
import type { PointPlan } from "../sync/statistics/plans.ts";
import { orderOfRole, type SeriesState } from "../sync/statistics/series.ts";
import type { PendingDay } from "../sync/statistics/store.ts";
import { unknownPointsIn } from "../sync/statistics/unknown-points.ts";
import type { StoredUsagePoint } from "../sync/store.ts";
import { planWarnings, unknownPointWarnings } from "./plan-warnings.ts";
import type { Session } from "./session.ts";
import { colon, counted, euros, kwh, momentOf } from "./words.ts";

type StatisticsPort = Pick<Session, "store" | "language" | "output" | "config" | "sync" | "homeAssistant">;

/** The plans in force and where each series stands, from the store alone. */
export async function statistics(port: StatisticsPort, { json }: { readonly json: boolean }): Promise<number> {
  const { store, language, output, config } = port;
  const plans: KnownPlan[] = [];
  const points = await store.loadUsagePoints(port.sync.account);
  const unknownPoints = unknownPointsIn(config.tariffPlans, points);
  for (const point of points) plans.push({ point, plan: await loadPointPlan(store, point, config.tariffPlans) });
  const series = (await store.loadSeries()).toSorted(inOrder);
  const pending = await store.loadPendingDays();
  if (json) {
    output.line(JSON.stringify({ plans: plans.map(planJson), unknownPoints, series, pending }, null, 2));
    return 0;
  }
  for (const line of unknownPointWarnings(unknownPoints, language)) output.line(line);
  for (const known of plans) for (const line of planLines(known, language)) output.line(line);
  if (series.length === 0) output.line(nothingYet(port.homeAssistant !== null)[language]);
  for (const each of series) output.line(seriesLine(each, await countEstimated(store, each), language));
  if (pending.length > 0) output.line(pendingLine(pending, language));
  return 0;
}

/** By meter and flow, then as periods are listed, energy before money. */
const inOrder = (one: SeriesState, other: SeriesState): number =>
  one.usagePoint.localeCompare(other.usagePoint) ||
  one.flow.localeCompare(other.flow) ||
  orderOfRole(one.role) - orderOfRole(other.role) ||
  other.measure.localeCompare(one.measure);

interface KnownPlan {
  readonly point: StoredUsagePoint;
  readonly plan: PointPlan;
}

const planJson = ({ point, plan: { history, doubts } }: KnownPlan) => {
  return {
    usagePoint: point.id,
    doubts,
    plans: history.map(({ from, plan, origin }) => ({
      from,
      plan: plan.kind,
      offpeakHours: plan.offPeak && describeOffPeak(plan.offPeak),
      origin,
    })),
  };
};

function planLines({ point, plan: { history, doubts } }: KnownPlan, language: Language): string[] {
  return [
    ...history.map((dated) => `PDL ${point.id}${colon[language]} ${planInWords(dated, language)}`),
    ...planWarnings(doubts, point.id, language).map((line) => `  ${line}`),
  ];
}

function planInWords({ from, plan, origin }: DatedPlan, language: Language): string {
  const windows = plan.offPeak
    ? `, ${language === "fr" ? "heures creuses" : "off-peak"} ${describeOffPeak(plan.offPeak)}`
    : "";
  const since = from === null ? "" : language === "fr" ? `, à partir du ${from}` : `, from ${from}`;
  const said =
    origin === "user"
      ? language === "fr"
        ? "votre réglage"
        : "your setting"
      : language === "fr"
        ? "d'après le contrat"
        : "as the contract says";
  return `${plan.kind}${windows}${since} (${said})`;
}

const nothingYet = (isSet: boolean) =>
  isSet
    ? {
        fr: "Aucune statistique n'est encore écrite dans Home Assistant.",
        en: "No statistics have been written to Home Assistant yet.",
      }
    : {
        fr: "Home Assistant n'est pas réglé : donnez HOMEASSISTANT_URL et HOMEASSISTANT_TOKEN pour que les statistiques soient écrites.",
        en: "Home Assistant is not set: give HOMEASSISTANT_URL and HOMEASSISTANT_TOKEN for statistics to be written.",
      };

const countEstimated = async (store: StatisticsPort["store"], { id }: SeriesState): Promise<number> =>
  (await store.loadHours(id, null)).filter(({ origin }) => origin === "estimated").length;

function seriesLine(series: SeriesState, estimated: number, language: Language): string {
  const { firstHour, lastHour } = series;
  const sum = series.base + series.total;
  const total = series.measure === "energy" ? kwh(sumInWh(sum), language) : euros(sumInUnit(sum, "EUR"), language);
  const span = firstHour === null || lastHour === null ? "—" : `${momentOf(firstHour)} → ${momentOf(lastHour)}`;
  const guessed =
    estimated === 0
      ? ""
      : language === "fr"
        ? ` (${counted(estimated, ["heure estimée", "heures estimées"], "fr")} d'après la valeur du jour)`
        : ` (${counted(estimated, ["hour", "hours"], "en")} estimated after the day's value)`;
  const state =
    series.dirtyFrom === null
      ? { fr: "à jour", en: "up to date" }
      : { fr: `à écrire depuis ${momentOf(series.dirtyFrom)}`, en: `to be written from ${momentOf(series.dirtyFrom)}` };
  return `${series.statisticId} (${series.name}, ${series.unit})${colon[language]} ${span}, ${total}${guessed}, ${state[language]}`;
}

const pendingLine = (pending: readonly PendingDay[], language: Language): string => {
  const energy = pending.reduce((sum, day) => sum + day.energy, 0);
  const waiting = kwh(toWh(energy as WattMinutes), language);
  return language === "fr"
    ? `${counted(pending.length, ["jour attend", "jours attendent"], "fr")} une couleur Tempo ou un jour de pointe pas encore connus : ${waiting} ne sont comptés dans aucune période.`
    : `${counted(pending.length, ["day waits", "days wait"], "en")} for a Tempo colour or a peak day that is not known yet: ${waiting} are counted in no period.`;
};
