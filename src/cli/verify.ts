import type { ReadingCount } from "../adapters/postgres/audit.ts";
import { addDays, boundsOf, dateAt, daysFromTo } from "../domain/calendar.ts";
import { deriveDay } from "../domain/reconcile.ts";
import { endOf } from "../domain/slot.ts";
import { tempoSeasonOf } from "../domain/tempo.ts";
import { type Instant, instant, type LocalDate, type UsagePointId, type Wh } from "../domain/units.ts";
import type { Flow } from "../domain/usage-point.ts";
import type { Language } from "../shared/language.ts";
import type { Period } from "../sync/source.ts";
import type { DayInput } from "../sync/store.ts";
import type { RegisterDay } from "./registers.ts";
import type { Session } from "./session.ts";
import { statisticsChecks } from "./verify-statistics.ts";
import { counted, flowWord, kwh, momentOf, number } from "./words.ts";

/** One promise held against the store. `holds` null is a fact that is neither good nor bad. */
export interface Check {
  readonly name: string;
  readonly holds: boolean | null;
  readonly sentence: string;
}

/** The parts of the program that verifying needs. */
export type VerifyPort = Pick<Session, "audit" | "clock" | "language" | "sync" | "output" | "homeAssistant">;

export interface VerifyOptions {
  readonly json: boolean;
  /** What the meter's own registers counted, to be held against the statistics. */
  readonly registers: readonly RegisterDay[] | null;
}

/** Checks the store against the promises, one line each; 1 when one does not hold. Reads only. */
export async function verify(
  session: VerifyPort,
  { json, registers }: VerifyOptions,
  signal: AbortSignal,
): Promise<number> {
  const checks: Check[] = [];
  for await (const check of everyCheck(session, registers, signal)) {
    checks.push(check);
    if (!json) session.output.line(`${mark(check.holds)} ${check.sentence}`);
  }
  if (json) session.output.line(JSON.stringify(checks, null, 2));
  return checks.some((check) => check.holds === false) ? 1 : 0;
}

const mark = (holds: boolean | null): string => (holds === null ? "·" : holds ? "✓" : "✗");

async function* everyCheck(
  session: VerifyPort,
  registers: VerifyOptions["registers"],
  signal: AbortSignal,
): AsyncGenerator<Check> {
  yield* allChecks(session);
  yield* statisticsChecks(session, registers, signal);
}

async function* allChecks(session: VerifyPort): AsyncGenerator<Check> {
  const { audit, clock, language } = session;
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  const counts = await audit.countReadings();
  if (counts.length === 0) {
    yield { name: "readings", holds: null, sentence: say("Rien n'est encore enregistré.", "Nothing is stored yet.") };
    return;
  }
  for (const count of counts) {
    const held = periodHeld(count);
    if (held === null) continue;
    yield {
      name: "readings",
      holds: null,
      sentence: say(
        `${meterOf(count.usagePoint)}, ${flowWord[count.flow].fr} : ${number(count.slots, "fr")} intervalles, ${number(count.dailyReadings, "fr")} valeurs quotidiennes, du ${held.from} au ${held.to}`,
        `${meterOf(count.usagePoint)}, ${flowWord[count.flow].en}: ${number(count.slots, "en")} intervals, ${number(count.dailyReadings, "en")} daily values, from ${held.from} to ${held.to}`,
      ),
    };
    yield* flowChecks(session, count.usagePoint, count.flow, held);
  }
  yield none(
    "overlaps",
    await audit.findOverlaps(),
    say("Aucun intervalle n'en recouvre un autre", "No interval overlaps another"),
  );
  yield none(
    "aligned",
    await audit.findUnalignedSlots(),
    say("Chaque intervalle commence sur une minute entière", "Each interval starts on a whole minute"),
  );
  yield none(
    "stale",
    await audit.findStaleDays(),
    say("Chaque jour est calculé à partir de ses dernières valeurs", "Each day is derived from its latest readings"),
  );
  yield none(
    "forgotten",
    await audit.findForgottenDays(),
    say("Aucune valeur n'est restée sans jour", "No reading is left without its day"),
  );
  yield none(
    "contradicted",
    await audit.findContradictedDays(),
    say("Les jours enregistrés sont la somme de leurs intervalles", "Stored days are the sum of their intervals"),
  );
  yield none(
    "budget",
    await audit.findOverspentBudgets(),
    say("Le quota de la passerelle n'a jamais été dépassé", "The gateway's quota was never exceeded"),
  );
  yield none(
    "clock",
    await audit.findFutureInquiries(clock.now()),
    say("Aucune demande n'est datée du futur", "No question is dated in the future"),
  );
  yield* tempoChecks(session);
  const former = await audit.countFormerReadings();
  const total = former.reduce((sum, kind) => sum + kind.count, 0);
  yield {
    name: "former",
    holds: null,
    sentence: say(
      `${counted(total, ["ancienne valeur gardée", "anciennes valeurs gardées"], "fr")} après correction`,
      `${counted(total, ["former value", "former values"], "en")} kept after a correction`,
    ),
  };
}

/** From the first to the last day with a slot or an official value: the latest day often has only the one. */
function periodHeld({ firstDate, lastDate, firstStart, lastStart }: ReadingCount): Period | null {
  const days = [firstDate, lastDate, firstStart && dateAt(firstStart), lastStart && dateAt(lastStart)]
    .filter((date) => date !== null)
    .sort();
  const [from, to] = [days[0], days.at(-1)];
  return from && to ? { from, to } : null;
}

const meterOf = (id: UsagePointId): string => `PDL …${id.slice(-4)}`;

const none = (name: string, found: readonly unknown[], sentence: string): Check => ({
  name,
  holds: found.length === 0,
  sentence: found.length === 0 ? sentence : `${sentence} (${found.length} ✗ ${JSON.stringify(found[0])})`,
});

/** Bounds the memory of one step. */
const daysPerStep = 366;

async function* flowChecks(
  { sync, language }: VerifyPort,
  usagePoint: UsagePointId,
  flow: Flow,
  period: { readonly from: LocalDate; readonly to: LocalDate },
): AsyncGenerator<Check> {
  const facts = new FlowFacts();
  for (let from = period.from; from <= period.to; from = addDays(from, daysPerStep)) {
    const last = addDays(from, daysPerStep - 1);
    const step = { from, to: last < period.to ? last : period.to };
    const inputs = new Map((await sync.store.loadDayInputs(usagePoint, flow, step)).map((day) => [day.date, day]));
    const stored = new Map((await sync.store.loadDays(usagePoint, flow, step)).map((day) => [day.date, day]));
    for (const date of daysFromTo(step.from, step.to)) facts.add(date, inputs.get(date), stored.get(date)?.energyWh);
  }
  yield* facts.checks(`${meterOf(usagePoint)}, ${flowWord[flow][language]}`, language);
}

/** Counts over the days of one flow, in order. */
class FlowFacts {
  readonly #complete: LocalDate[] = [];
  readonly #partial: LocalDate[] = [];
  readonly #estimated: LocalDate[] = [];
  readonly #disagreeing: LocalDate[] = [];
  readonly #missing: LocalDate[] = [];
  readonly #wrong: LocalDate[] = [];
  readonly #changes: ClockChange[] = [];
  readonly #steps: { minutes: number; from: Instant; to: Instant }[] = [];
  #confirmed = 0;

  add(date: LocalDate, input: DayInput | undefined, storedWh: number | undefined): void {
    const day = input ? deriveDay(input) : null;
    if (!input || !day) {
      this.#missing.push(date);
      return;
    }
    const byQuality = {
      complete: this.#complete,
      partial: this.#partial,
      estimated: this.#estimated,
      disagreeing: this.#disagreeing,
    };
    byQuality[day.quality].push(date);
    if (storedWh !== day.energyWh) this.#wrong.push(date);
    if (day.quality === "complete" && day.officialWh !== null) this.#confirmed++;
    const minutes = boundsOf(date).minutes;
    if (minutes !== 1440)
      this.#changes.push({ date, presentHours: day.minutesPresent / 60, hours: minutes / 60, energyWh: day.energyWh });
    for (const slot of input.slots) {
      const last = this.#steps.at(-1);
      if (last && last.minutes === slot.minutes) last.to = endOf(slot);
      else this.#steps.push({ minutes: slot.minutes, from: slot.start, to: endOf(slot) });
    }
  }

  *checks(title: string, language: "fr" | "en"): Generator<Check> {
    const say = (fr: string, en: string) => (language === "fr" ? `${title} : ${fr}` : `${title}: ${en}`);
    const sums = this.#complete.length + this.#disagreeing.length;
    yield {
      name: "derived",
      holds: this.#wrong.length === 0,
      sentence: say(
        this.#wrong.length === 0
          ? "chaque jour recalculé est égal à ce qui est enregistré"
          : `jours faux : ${listed(this.#wrong)}`,
        this.#wrong.length === 0
          ? "each day computed again equals what is stored"
          : `wrong days: ${listed(this.#wrong)}`,
      ),
    };
    yield {
      name: "confirmed",
      holds: this.#disagreeing.length === 0,
      sentence: say(
        `${counted(sums, ["jour couvert", "jours couverts"], "fr")} en entier, dont ${this.#confirmed} au wattheure près à la valeur officielle, ${sums - this.#confirmed - this.#disagreeing.length} sans valeur officielle, ${this.#disagreeing.length} en désaccord${listedAfter(this.#disagreeing)}`,
        `${counted(sums, ["day", "days"], "en")} covered whole, of which ${this.#confirmed} at the official value to the watt-hour, ${sums - this.#confirmed - this.#disagreeing.length} without an official value, ${this.#disagreeing.length} in disagreement${listedAfter(this.#disagreeing)}`,
      ),
    };
    yield {
      name: "incomplete",
      holds: null,
      sentence: say(
        `${counted(this.#partial.length, ["jour partiel", "jours partiels"], "fr")}${listedAfter(this.#partial)}, ${counted(this.#estimated.length, ["estimé", "estimés"], "fr")}${listedAfter(this.#estimated)}, ${counted(this.#missing.length, ["inconnu", "inconnus"], "fr")}${listedAfter(this.#missing)}`,
        `${counted(this.#partial.length, ["partial day", "partial days"], "en")}${listedAfter(this.#partial)}, ${this.#estimated.length} estimated${listedAfter(this.#estimated)}, ${this.#missing.length} not known${listedAfter(this.#missing)}`,
      ),
    };
    if (this.#changes.length > 0)
      yield {
        name: "clock_changes",
        holds: null,
        sentence: say(
          `changements d'heure : ${this.#changes.map((change) => changeInWords(change, "fr")).join(" ; ")}`,
          `clock changes: ${this.#changes.map((change) => changeInWords(change, "en")).join("; ")}`,
        ),
      };
    for (const step of this.#steps.filter(({ minutes }) => minutes !== 30))
      yield {
        name: "step",
        holds: null,
        sentence: say(
          `intervalles de ${step.minutes} min du ${momentOf(step.from)} au ${momentOf(step.to)}`,
          `intervals of ${step.minutes} min from ${momentOf(step.from)} to ${momentOf(step.to)}`,
        ),
      };
  }
}

interface ClockChange {
  readonly date: LocalDate;
  readonly presentHours: number;
  readonly hours: number;
  readonly energyWh: Wh;
}

const changeInWords = ({ date, presentHours, hours, energyWh }: ClockChange, language: Language): string =>
  language === "fr"
    ? `${date} (${presentHours} h sur ${hours}) ${kwh(energyWh, "fr")}`
    : `${date} (${presentHours} of ${hours} h) ${kwh(energyWh, "en")}`;

/** Ascending dates as spans, the first five of them: `2026-01-01 → 2026-01-31, 2026-03-02`. */
function listed(dates: readonly LocalDate[]): string {
  const spans: { from: LocalDate; to: LocalDate }[] = [];
  for (const date of dates) {
    const last = spans.at(-1);
    if (last && addDays(last.to, 1) === date) last.to = date;
    else spans.push({ from: date, to: date });
  }
  const shown = spans.slice(0, 5).map(({ from, to }) => (from === to ? from : `${from} → ${to}`));
  return [...shown, ...(spans.length > 5 ? ["…"] : [])].join(", ");
}
const listedAfter = (dates: readonly LocalDate[]): string => (dates.length === 0 ? "" : ` (${listed(dates)})`);

async function* tempoChecks({ sync, clock, language }: VerifyPort): AsyncGenerator<Check> {
  const today = dateAt(instant(clock.now()));
  const season = tempoSeasonOf(today);
  const known = new Set((await sync.store.loadTempo({ from: season.first, to: today })).map((day) => day.date));
  if (known.size === 0) return;
  const unknown = daysFromTo(season.first, today).filter((date) => !known.has(date));
  yield {
    name: "tempo",
    holds: unknown.length === 0,
    sentence:
      language === "fr"
        ? `Tempo ${season.name} : ${counted(known.size, ["couleur connue", "couleurs connues"], "fr")}, ${counted(unknown.length, ["inconnue", "inconnues"], "fr")}${listedAfter(unknown)}`
        : `Tempo ${season.name}: ${counted(known.size, ["colour", "colours"], "en")} known, ${unknown.length} unknown${listedAfter(unknown)}`,
  };
}
