import { addDays, boundsOf, dateAt } from "../domain/calendar.ts";
import { deriveDay } from "../domain/reconcile.ts";
import { energyOf } from "../domain/slot.ts";
import type { LocalDate, UsagePointId, Wh } from "../domain/units.ts";
import type { Flow } from "../domain/usage-point.ts";
import type { Language, Text } from "../shared/language.ts";
import { sumInUnit, sumInWh } from "../sync/statistics/amount.ts";
import { compareRows, strangersOf } from "../sync/statistics/compare.ts";
import { HomeAssistantFailure, type HomeAssistantSession } from "../sync/statistics/recorder.ts";
import { isEnergy, type SeriesHour, type SeriesState } from "../sync/statistics/series.ts";
import type { StaleStatisticDay } from "../sync/statistics/store.ts";
import { rowsOf } from "../sync/statistics/write.ts";
import type { DayInput } from "../sync/store.ts";
import type { RegisterDay } from "./registers.ts";
import type { Check, VerifyPort } from "./verify.ts";
import { costChecks } from "./verify-costs.ts";
import { colon, counted, euros, flowWord, kwh, number } from "./words.ts";

/** A series with all its hours: 24 bytes an hour, 26,280 of them in three years. */
interface WholeSeries {
  readonly series: SeriesState;
  readonly hours: readonly SeriesHour[];
}

/** The statistics against the store's intervals, against Home Assistant where it can be reached, against the meter where its registers are given. */
export async function* statisticsChecks(
  port: VerifyPort,
  registers: readonly RegisterDay[] | null,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  const { store } = port.sync;
  const all: WholeSeries[] = [];
  for (const series of await store.loadSeries()) all.push({ series, hours: await store.loadHours(series.id, null) });
  if (all.length === 0) return;
  for (const whole of all) yield sumCheck(whole, port.language);
  const stale = await store.loadStaleStatisticDays();
  yield {
    name: "statistics_stale",
    holds: stale.length === 0 ? true : null,
    sentence: staleSentence(stale.length)[port.language],
  };
  const ofEnergy = all.filter(({ series }) => isEnergy(series));
  for (const group of groupsOf(ofEnergy)) yield* groupChecks(port, group, staleOf(stale, group));
  for (const group of groupsOf(all))
    yield* costChecks(group, { store, stale: staleOf(stale, group), language: port.language });
  if (registers) yield registersCheck(ofEnergy, registers, port.language);
  if (port.homeAssistant) yield* homeAssistantChecks(port, port.homeAssistant, all, signal);
}

const staleOf = (stale: readonly StaleStatisticDay[], { usagePoint, flow }: Group): ReadonlySet<LocalDate> =>
  new Set(stale.flatMap((day) => (day.usagePoint === usagePoint && day.flow === flow ? [day.date] : [])));

const staleSentence = (days: number): Text =>
  days === 0
    ? { fr: "Statistiques : chaque jour est réparti par période", en: "Statistics: each day is split by period" }
    : {
        fr: `Statistiques : ${counted(days, ["jour attend", "jours attendent"], "fr")} la prochaine relève pour être réparti par période`,
        en: `Statistics: ${counted(days, ["day waits", "days wait"], "en")} for the next round to be split by period`,
      };

function sumCheck({ series, hours }: WholeSeries, language: Language): Check {
  const states = hours.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  const holds = states === series.total;
  const sum = series.base + series.total;
  const total = isEnergy(series) ? kwh(sumInWh(sum), language) : euros(sumInUnit(sum, "EUR"), language);
  return {
    name: "statistics_sum",
    holds,
    sentence:
      language === "fr"
        ? `${series.statisticId} : ${counted(hours.length, ["heure", "heures"], "fr")}, leur somme ${holds ? "est" : "n'est PAS"} le dernier total, ${total}`
        : `${series.statisticId}: ${counted(hours.length, ["hour", "hours"], "en")}, their sum ${holds ? "is" : "is NOT"} the last total, ${total}`,
  };
}

interface Group {
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly members: readonly WholeSeries[];
}

function groupsOf(all: readonly WholeSeries[]): Group[] {
  const groups = new Map<string, WholeSeries[]>();
  for (const whole of all) {
    const name = `${whole.series.usagePoint} ${whole.series.flow}`;
    groups.set(name, [...(groups.get(name) ?? []), whole]);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    return first ? [{ usagePoint: first.series.usagePoint, flow: first.series.flow, members }] : [];
  });
}

/** Every day of the store: what its series hold, and what waits for its period, is what its intervals sum to. */
async function* groupChecks(
  { sync, language }: VerifyPort,
  { usagePoint, flow, members }: Group,
  stale: ReadonlySet<LocalDate>,
): AsyncGenerator<Check> {
  const { store } = sync;
  const span = await store.loadStatisticSpan(usagePoint, flow);
  if (span === null) return;
  const pending = new Map(
    (await store.loadPendingDays()).flatMap((day) => (day.usagePoint === usagePoint ? [[day.date, day.energy]] : [])),
  );
  const split = flow === "production" ? members : members.filter(({ series }) => series.role !== "total");
  const held = energyByDay(split.flatMap(({ hours }) => hours));
  const total = energyByDay(members.flatMap(({ series, hours }) => (series.role === "total" ? hours : [])));
  const wrong: LocalDate[] = [];
  let [right, kept, waiting, estimated] = [0, 0, 0, 0];
  for (let from = span.from; from <= span.to; from = addDays(from, daysPerStep)) {
    const to = addDays(from, daysPerStep - 1);
    for (const input of await store.loadDayInputs(usagePoint, flow, { from, to: to < span.to ? to : span.to })) {
      if (stale.has(input.date)) continue;
      const wanted = energyOfDay(input);
      const there = held.get(input.date);
      const later = flow === "consumption" ? (pending.get(input.date) ?? 0) : 0;
      if (later > 0) waiting++;
      if (there?.isFormer) kept++;
      else if ((there?.energy ?? 0) + later !== wanted) wrong.push(input.date);
      else if (flow === "consumption" && total.size > 0 && total.get(input.date)?.energy !== wanted)
        wrong.push(input.date);
      else if (deriveDay(input)?.quality === "estimated") estimated++;
      else right++;
    }
  }
  const isEmpty = right + kept + estimated + wrong.length === 0;
  const title = `PDL …${usagePoint.slice(-4)}, ${flowWord[flow][language]}${colon[language]}`;
  const sentence =
    language === "fr"
      ? `${title} les statistiques de ${counted(right, ["jour", "jours"], "fr")} sont la somme de leurs intervalles ; ${counted(estimated, ["jour", "jours"], "fr")} sans tous leurs intervalles, répartis d'après leur valeur officielle (estimés) ; ${number(kept, "fr")} gardés d'un ancien outil ; ${number(waiting, "fr")} en attente d'une couleur Tempo${wrong.length > 0 ? ` ; faux : ${wrong.slice(0, 5).join(", ")}` : ""}`
      : `${title} the statistics of ${counted(right, ["day", "days"], "en")} are the sum of their intervals; ${counted(estimated, ["day", "days"], "en")} without all their intervals, spread after their official value (estimated); ${number(kept, "en")} kept from a former tool; ${number(waiting, "en")} waiting for a Tempo colour${wrong.length > 0 ? `; wrong: ${wrong.slice(0, 5).join(", ")}` : ""}`;
  yield { name: "statistics_days", holds: isEmpty ? null : wrong.length === 0, sentence };
}

/** Bounds the memory of one step. */
const daysPerStep = 366;

function energyOfDay(input: DayInput): number {
  const day = deriveDay(input);
  if (day?.quality === "estimated") return day.energyWh * 60;
  return input.slots.reduce((sum, slot) => sum + energyOf(slot), 0);
}

interface DayHeld {
  energy: number;
  isFormer: boolean;
}

function energyByDay(hours: readonly SeriesHour[]): Map<LocalDate, DayHeld> {
  const days = new Map<LocalDate, DayHeld>();
  let date: LocalDate | null = null;
  let bounds: { readonly start: number; readonly end: number } = { start: 0, end: 0 };
  for (const { start, amount, origin } of hours) {
    if (date === null || start < bounds.start || start >= bounds.end) {
      date = dateAt(start);
      bounds = boundsOf(date);
    }
    const day = days.get(date) ?? { energy: 0, isFormer: false };
    day.energy += amount;
    day.isFormer ||= origin === "former" && amount !== 0;
    days.set(date, day);
  }
  return days;
}

function registersCheck(all: readonly WholeSeries[], registers: readonly RegisterDay[], language: Language): Check {
  const byRole = new Map(all.map(({ series, hours }) => [series.role, energyByDay(hours)]));
  const wrong = registers.filter(({ date, energyWh }) =>
    [...energyWh].some(([period, wanted]) => (byRole.get(period)?.get(date)?.energy ?? 0) !== wanted * 60),
  );
  const periods = [...(registers[0]?.energyWh.keys() ?? [])];
  const totals = periods.map((period) => {
    const total = registers.reduce((sum, day) => sum + (day.energyWh.get(period) ?? 0), 0);
    return `${period} ${kwh(total as Wh, language)}`;
  });
  const right = registers.length - wrong.length;
  return {
    name: "registers",
    holds: wrong.length === 0 && registers.length > 0,
    sentence:
      language === "fr"
        ? `Registres du compteur : ${right} jours sur ${registers.length} égaux au wattheure près (${totals.join(", ")})${
            wrong.length > 0
              ? ` ; différents : ${wrong
                  .slice(0, 5)
                  .map((day) => day.date)
                  .join(", ")}`
              : ""
          }`
        : `The meter's registers: ${right} of ${registers.length} days equal to the watt-hour (${totals.join(", ")})${
            wrong.length > 0
              ? `; different: ${wrong
                  .slice(0, 5)
                  .map((day) => day.date)
                  .join(", ")}`
              : ""
          }`,
  };
}

async function* homeAssistantChecks(
  { language }: VerifyPort,
  homeAssistant: NonNullable<VerifyPort["homeAssistant"]>,
  all: readonly WholeSeries[],
  signal: AbortSignal,
): AsyncGenerator<Check> {
  let session: HomeAssistantSession;
  try {
    session = await homeAssistant.open(signal);
  } catch (error) {
    if (!(error instanceof HomeAssistantFailure)) throw error;
    yield { name: "home_assistant", holds: false, sentence: error.text[language] };
    return;
  }
  try {
    for (const whole of all) yield await heldCheck(whole, session, language);
  } finally {
    await session.close();
  }
}

/** Every row of the series, as Home Assistant gives it. */
async function heldCheck(
  { series, hours }: WholeSeries,
  session: HomeAssistantSession,
  language: Language,
): Promise<Check> {
  const there = (await session.loadRows([series.statisticId], {})).get(series.statisticId) ?? [];
  const rows = rowsOf(series, hours, 0n).filter(({ start }) => series.dirtyFrom === null || start < series.dirtyFrom);
  const different = compareRows(rows, there, { sumsOnly: true });
  const strangers = strangersOf(hours, there);
  const waiting = hours.length - rows.length;
  const isRight = different === null && strangers.length === 0;
  // What waits is not wrong, but nothing to be proud of either.
  const holds = isRight && waiting > 0 ? null : isRight;
  const at = different === null ? "" : new Date(different).toISOString();
  return {
    name: "home_assistant",
    holds,
    sentence:
      language === "fr"
        ? `Home Assistant, ${series.statisticId} : ${isRight ? `${counted(rows.length, ["ligne identique", "lignes identiques"], "fr")}, ${number(waiting, "fr")} à écrire` : `différent à partir de ${at || "lignes étrangères"} (${strangers.length} lignes étrangères)`}`
        : `Home Assistant, ${series.statisticId}: ${isRight ? `${counted(rows.length, ["row", "rows"], "en")} identical, ${number(waiting, "en")} to be written` : `different from ${at || "rows of another program"} (${strangers.length} rows of another program)`}`,
  };
}
