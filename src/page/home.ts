import { computed, signal } from "@preact/signals";
import { dateAt } from "../domain/calendar.ts";
import type { Instant, LocalDate } from "../domain/units.ts";
import type { OverviewAnswer } from "../server/api/overview.ts";
import type { UsagePointView } from "../server/api/usage-points.ts";
import { instantOf } from "./format.ts";
import { address } from "./navigation.ts";
import type { Reach } from "./period.ts";

/** What the shell has learnt of the household and every page starts from. Null until it is known. */
export const usagePoints = signal<readonly UsagePointView[] | null>(null);
export const overview = signal<OverviewAnswer | null>(null);

/** The one whose values are shown: the address's, else the first. Null while unknown, or where there is none at all. */
export const usagePoint = computed<UsagePointView | null>(() => {
  const known = usagePoints.value ?? [];
  return known.find(({ id }) => id === address.value.params.pdl) ?? known[0] ?? null;
});

/** The service's time rather than this device's: a demonstration may live on another day. */
export const now = computed<Instant>(() => {
  const at = overview.value?.at;
  return at === undefined ? (Date.now() as Instant) : instantOf(at);
});

export const today = computed<LocalDate>(() => dateAt(now.value));

/** The days that can be shown of a flow: from its first known one to today; null where nothing is known of it. */
export function reachOf(flow: "consumption" | "production"): Reach | null {
  const known = usagePoint.value?.flows.find((one) => one.flow === flow);
  if (known === undefined) return null;
  const last = known.through > today.value ? known.through : today.value;
  return { first: known.from as LocalDate, last: last as LocalDate };
}

/** `Maison`, else `PDL …1234`. */
export const nameOf = ({ id, name }: Pick<UsagePointView, "id" | "name">): string => name ?? `PDL …${id.slice(-4)}`;
