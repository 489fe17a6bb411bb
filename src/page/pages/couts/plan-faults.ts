import { parseOffPeak } from "../../../domain/tariff/off-peak.ts";
import type { TariffPeriod } from "../../../domain/tariff/period.ts";
import type { PlanKind } from "../../../domain/tariff/plan.ts";
import type { PlanEntry } from "../../../server/api/plans.ts";
import type { Text } from "../../../shared/language.ts";
import { daysIn, entryOf, fieldsOf, isDay, type PlanDraft, periodsOf, plain } from "./plan-draft.ts";

/** What is wrong with a form, one sentence at its field. Nothing is sent while there is one. */
export type PlanFaults = Readonly<Partial<Record<Exclude<keyof PlanDraft, "prices">, Text>>> & {
  readonly prices: Readonly<Partial<Record<TariffPeriod, Text>>>;
};

export interface FaultContext {
  /** The plan and the hours that the contract tells, null where it does not. */
  readonly contract: { readonly plan: PlanKind | null; readonly offpeakHours: string | null };
  /** The other entries. */
  readonly others: readonly PlanEntry[];
}

const notDay: Text = { fr: "Ce n'est pas un jour du calendrier.", en: "This is no day of the calendar." };

export function faultsIn(draft: PlanDraft, context: FaultContext): PlanFaults {
  const kind = draft.plan === "" ? context.contract.plan : draft.plan;
  const has = fieldsOf(kind);
  const found: Partial<Record<Exclude<keyof PlanDraft, "prices">, Text | null>> = {
    from: draft.from !== "" && !isDay(draft.from) ? notDay : overlapFault(draft, context.others),
    to: endFault(draft),
    plan: saysNothing(draft, context) ? nothingSaid : null,
    offpeakHours: has.hasWindows ? windowsFault(draft.offpeakHours, kind, context.contract.offpeakHours) : null,
    summerOffpeakHours:
      has.hasSeasons && draft.summerOffpeakHours.trim() !== "" ? hoursFault(draft.summerOffpeakHours) : null,
    peakDays: has.hasPeakDays && !daysIn(draft.peakDays).every(isDay) ? peakDaysFault : null,
    standing: amountFault(draft.standing, { least: 0, most: 100, isMonthly: true }),
    buyback: amountFault(draft.buyback, { least: 0, most: 1.5, isMonthly: false }),
  };
  const faults = Object.fromEntries(Object.entries(found).filter(([, fault]) => fault !== null));
  return { ...faults, prices: pricesFaults(draft, context.contract.plan) };
}

export const isSound = ({ prices, ...faults }: PlanFaults): boolean =>
  Object.keys(faults).length === 0 && Object.keys(prices).length === 0;

const nothingSaid: Text = {
  fr: "Rien n'est encore dit : choisissez une formule, une puissance ou un prix.",
  en: "Nothing is said yet: choose a plan, a power or a price.",
};

const peakDaysFault: Text = {
  fr: "Écrivez des jours année-mois-jour séparés par des virgules, comme 2026-01-12, 2026-01-13.",
  en: "Write days year-month-day separated by commas, such as 2026-01-12, 2026-01-13.",
};

function saysNothing(draft: PlanDraft, { contract }: FaultContext): boolean {
  const { usage_point: _, from: __, to: ___, ...said } = entryOf(draft, contract.plan);
  return Object.keys(said).length === 0;
}

function endFault({ from, to }: PlanDraft): Text | null {
  if (to === "") return null;
  if (!isDay(to)) return notDay;
  return from !== "" && to < from
    ? { fr: "Ce dernier jour est avant le premier.", en: "This last day is before the first." }
    : null;
}

/** Two words about one meter and day: nobody could tell which holds. */
function overlapFault({ usagePoint, from, to }: PlanDraft, others: readonly PlanEntry[]): Text | null {
  for (const other of others) {
    const [meter, begin, end] = [other.usage_point ?? "", String(other.from ?? ""), other.to];
    if (meter !== usagePoint) continue;
    if (begin === from)
      return {
        fr: "Une autre de vos formules commence ce jour-là : modifiez-la, ou changez ce jour.",
        en: "Another of your plans begins on that day: change it, or change this day.",
      };
    const isCovered = begin < from && typeof end === "string" && end >= from;
    const covers = from < begin && to !== "" && to >= begin;
    if (isCovered || covers)
      return {
        fr: "Une autre de vos formules couvre une partie de ces jours : faites finir l'une avant que l'autre commence.",
        en: "Another of your plans covers some of these days: let one end before the other begins.",
      };
  }
  return null;
}

function windowsFault(typed: string, kind: PlanKind | null, contractHours: string | null): Text | null {
  if (typed.trim() !== "") return hoursFault(typed);
  if (contractHours !== null || kind === "ZEN_FLEX") return null;
  return {
    fr: "Votre contrat ne dit pas vos heures creuses : écrivez-les, par exemple 22:30-06:30.",
    en: "Your contract does not tell your off-peak hours: write them, for example 22:30-06:30.",
  };
}

function hoursFault(typed: string): Text | null {
  const { schedule, leftOver } = parseOffPeak(typed.trim());
  if (schedule !== null && leftOver === null) return null;
  return {
    fr: "Ces heures ne sont pas comprises : écrivez par exemple 22:30-06:30 ou 01:34-07:34;12:56-14:56.",
    en: "These hours are not understood: write for example 22:30-06:30 or 01:34-07:34;12:56-14:56.",
  };
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly isMonthly: boolean;
}

const notAmount: Text = {
  fr: "Ce n'est pas un montant en euros : écrivez par exemple 0,2065.",
  en: "This is no amount in euros: write for example 0.2065.",
};
const inCents: Text = {
  fr: "Ce n'est pas plausible en euros par kWh : serait-ce en centimes ? Écrivez par exemple 0,2065.",
  en: "This is not plausible in euros per kWh: could it be in cents? Write for example 0.2065.",
};
const forYear: Text = {
  fr: "Ce n'est pas plausible en euros par mois : serait-ce pour un an ? Écrivez par exemple 15,65.",
  en: "This is not plausible in euros a month: could it be for a year? Write for example 15.65.",
};

/** The same bounds as the option has. */
function amountFault(typed: string, { least, most, isMonthly }: Bounds): Text | null {
  const text = plain(typed);
  if (text === "") return null;
  if (!/^\d{1,6}(\.\d{0,6})?$/.test(text)) return notAmount;
  const amount = Number(text);
  return amount >= least && amount <= most ? null : isMonthly ? forYear : inCents;
}

const missingTempo: Text = {
  fr: "Tempo change ses six prix ensemble : donnez celui-ci aussi, ou aucun.",
  en: "Tempo changes its six prices together: give this one too, or none.",
};

function pricesFaults(draft: PlanDraft, contract: PlanKind | null): PlanFaults["prices"] {
  const periods = periodsOf(draft, contract);
  const isTempo = (draft.plan === "" ? contract : draft.plan) === "TEMPO";
  const given = periods.filter((period) => plain(draft.prices[period] ?? "") !== "");
  return Object.fromEntries(
    periods.flatMap((period) => {
      const fault = given.includes(period)
        ? amountFault(draft.prices[period] ?? "", { least: 0.02, most: 1.5, isMonthly: false })
        : isTempo && given.length > 0
          ? missingTempo
          : null;
      return fault === null ? [] : [[period, fault] as const];
    }),
  );
}

/** A fault as the API tells it, without the number of the entry, which nobody sees here. */
export const withoutPlace = ({ fr, en }: Text): Text => ({
  fr: capital(fr.replace(/^\d+(er|e) élément : /, "")),
  en: capital(en.replace(/^\d+(st|nd|rd|th) entry: /, "")),
});

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
