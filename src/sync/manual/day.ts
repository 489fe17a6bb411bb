import { dateAt } from "../../domain/calendar.ts";
import type { LocalDate } from "../../domain/units.ts";
import { type Flow, flows } from "../../domain/usage-point.ts";
import type { Clock } from "../../shared/clock.ts";
import { BillRefusal } from "../bill/refusal.ts";
import type { StateDeps } from "../pass.ts";
import type { Store, StoredUsagePoint } from "../store.ts";
import { refusal } from "./refusal.ts";

/** What working on single days needs. */
export interface ManualDeps {
  readonly store: Store;
  readonly clock: Pick<Clock, "now">;
  readonly account: string;
  /** How the gateway is asked; null without credentials. */
  readonly planning: Pick<StateDeps, "credentials" | "rhythm" | "only"> | null;
  /** Lets a pass run soon, since something to fetch, derive or publish has come up. */
  readonly wake: () => void;
}

/** A day of a meter and flow. */
export interface AskedDay {
  readonly meter: string;
  readonly flow: Flow;
  readonly date: LocalDate;
}

/** @throws BillRefusal where no meter of the account bears the number. */
export async function openPoint(
  { store, account }: Pick<ManualDeps, "store" | "account">,
  meter: string,
): Promise<StoredUsagePoint> {
  const point = (await store.loadUsagePoints(account)).find(({ id }) => id === meter);
  if (point) return point;
  throw new BillRefusal("unknown_meter", {
    fr: "Aucun compteur connu ne porte ce numéro.",
    en: "No known meter bears this number.",
  });
}

/** The flows that the account gives of a meter. */
export const flowsOf = (point: Pick<StoredUsagePoint, "hasConsumption" | "hasProduction">): readonly Flow[] =>
  flows.filter((flow) => (flow === "consumption" ? point.hasConsumption : point.hasProduction));

/** @throws ManualRefusal unless the meter measures the flow and the day is over. */
export function requirePastDay(point: StoredUsagePoint, { flow, date }: AskedDay, clock: Pick<Clock, "now">): void {
  if (!flowsOf(point).includes(flow)) throw refusal("not_measured", date);
  if (date >= dateAt(clock.now())) throw refusal("not_over", date);
}
