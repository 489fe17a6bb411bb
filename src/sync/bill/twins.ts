import { isDeepStrictEqual } from "node:util";
import { periodsOfPlan } from "../../domain/tariff/plan-periods.ts";
import { pricesOn } from "../../domain/tariff/price-book.ts";
import type { LocalDate } from "../../domain/units.ts";
import type { OfferVersion } from "../offers.ts";
import type { Entrant } from "./candidates.ts";

/** Whether a source lists EDF's regulated tariff as an offer among others. */
export const isRegulatedTariff = ({ providerName, name }: Pick<OfferVersion, "providerName" | "name">): boolean =>
  /\btarif bleu\b/i.test(name) && /\bedf\b/i.test(`${providerName ?? ""} ${name}`);

export interface Listed {
  readonly entrant: Entrant;
  /** Whether it is EDF's regulated tariff, whoever lists it. */
  readonly isRegulated: boolean;
}

/**
 * The entrants without those that are another one's plan over again: the regulated tariff, which the built-in table knows
 * and a source may list. Of two that divide the day alike the one whose prices began last stays, and of equal ones the
 * first; the household's own plan and the hours it tries always do.
 */
export function withoutTwins(listed: readonly Listed[], asOf: LocalDate): Entrant[] {
  const begin = new Map(listed.map(({ entrant }) => [entrant, startOf(entrant, asOf)]));
  const startsAfter = (one: Entrant, other: Entrant): boolean => (begin.get(one) ?? "") > (begin.get(other) ?? "");
  const regulated = listed.flatMap(({ entrant, isRegulated }) => (isRegulated ? [entrant] : []));
  const isSpare = (entrant: Entrant, position: number): boolean =>
    !isKept(entrant) &&
    regulated.some(
      (other, place) =>
        isTwin(entrant, other) &&
        !startsAfter(entrant, other) &&
        (startsAfter(other, entrant) || isKept(other) || place < position),
    );
  const spare = new Set(regulated.filter(isSpare));
  return listed.flatMap(({ entrant }) => (spare.has(entrant) ? [] : [entrant]));
}

const isKept = ({ origin }: Entrant): boolean => origin === "own" || origin === "what_if";

const isTwin = (one: Entrant, other: Entrant): boolean =>
  one !== other && isDeepStrictEqual(one.candidate.plan, other.candidate.plan);

/** The first day of the prices in force; empty where they are not all known: such are no newer than any. */
function startOf({ candidate: { prices, powerKva, plan } }: Entrant, asOf: LocalDate): string {
  const powers = powerKva === null ? [] : [{ from: null, kva: powerKva }];
  const inForce = pricesOn({ prices, buyback: [], powers }, asOf, plan.kind);
  if (inForce === null || inForce.standing === null) return "";
  const isWhole = periodsOfPlan[plan.kind].every((period) => inForce.energy[period] !== undefined);
  return isWhole ? (inForce.from ?? "") : "";
}
