import { type addDays, boundsOf } from "../../domain/calendar.ts";
import type { Instant, UsagePointId } from "../../domain/units.ts";
import type { EcowattSnapshot, ProblemSnapshot, Snapshot, TariffSnapshot, TempoDaySnapshot } from "../snapshot.ts";

/**
 * What is told once when it changes, and what its value is. A value that is not known leaves what was told as it is: an
 * outage neither ends an alert nor begins it again.
 *
 * | kind | value | told when it becomes |
 * |---|---|---|
 * | tempo_tomorrow | date and colour | any |
 * | ecowatt_alert | level of the hour | any, but for green at first |
 * | problem | code, or none | any |
 * | late | late, or arrived | any, but for arrived at first |
 * | price | price per kWh | any but the first |
 */
export type Fact =
  | { readonly kind: "tempo_tomorrow"; readonly tomorrow: TempoDaySnapshot }
  | { readonly kind: "ecowatt_alert"; readonly hour: NonNullable<EcowattSnapshot["current"]> | null }
  | { readonly kind: "problem"; readonly usagePoint: UsagePointId; readonly problem: ProblemSnapshot | null }
  | ({ readonly kind: "late"; readonly usagePoint: UsagePointId } & Lateness)
  | { readonly kind: "price"; readonly usagePoint: UsagePointId; readonly tariff: TariffSnapshot };

interface Lateness {
  /** Null: not known, or between the turn of the day and its morning, when nothing can be late yet. */
  readonly lateness: "late" | "arrived" | null;
  readonly dataThrough: Instant | null;
}

export function factsOf({ usagePoints, tempo, ecowatt }: Snapshot): readonly Fact[] {
  return [
    { kind: "tempo_tomorrow", tomorrow: tempo.tomorrow },
    { kind: "ecowatt_alert", hour: ecowatt.current },
    ...usagePoints.flatMap(({ id: usagePoint, problem, late, dataThrough, flows, tariff }): Fact[] => [
      { kind: "problem", usagePoint, problem },
      { kind: "late", usagePoint, dataThrough, lateness: latenessOf(late, dataThrough, flows[0]?.yesterdayDate) },
      ...(tariff ? [{ kind: "price", usagePoint, tariff } as const] : []),
    ]),
  ];
}

/**
 * At midnight what was late yesterday is late no more, because the day that is due then is another one. It has arrived
 * once the day before yesterday is there.
 */
function latenessOf(
  late: boolean | null,
  dataThrough: Instant | null,
  yesterday: ReturnType<typeof addDays> | undefined,
): Lateness["lateness"] {
  if (late === null || dataThrough === null || yesterday === undefined) return null;
  if (late) return "late";
  return dataThrough >= boundsOf(yesterday).start ? "arrived" : null;
}

/** Never changes: what was told is kept under it. */
export const keyOf = (fact: Fact): string => ("usagePoint" in fact ? `${fact.kind}:${fact.usagePoint}` : fact.kind);

/** Null: not known. */
export function factValue(fact: Fact): string | null {
  switch (fact.kind) {
    case "tempo_tomorrow":
      return fact.tomorrow.color && `${fact.tomorrow.date} ${fact.tomorrow.color}`;
    case "ecowatt_alert":
      return fact.hour && String(fact.hour.level);
    case "problem":
      return fact.problem?.code ?? "none";
    case "late":
      return fact.lateness;
    case "price":
      return fact.tariff.price === null ? null : String(fact.tariff.price);
  }
}

/** What is kept of a fact that was looked at and not known. */
export const nothingTold = "";

/**
 * Whether the fact, whose value is another one than what was told, is worth telling. Before the first look nothing was
 * told, and what is found then is no change; undefined stands for it.
 */
export function isNews(fact: Fact, told: string | undefined): boolean {
  if (told === undefined) return false;
  if (told !== nothingTold) return true;
  switch (fact.kind) {
    case "tempo_tomorrow":
    case "problem":
      return true;
    case "ecowatt_alert":
      return fact.hour !== null && fact.hour.level > 1;
    case "late":
      return fact.lateness === "late";
    case "price":
      return false;
  }
}
