import type { ListedOffpeakHours } from "../account.ts";
import { failure, type Reply, success } from "../reply.ts";
import type { ListedPoint } from "../state.ts";
import type { Route, Visit } from "../visit.ts";

const pointsOf = (visit: Visit): ListedPoint[] =>
  visit.state.points.filter((point) => point.clientId === visit.account.clientId);

/** `{"ranges": ["22:00-06:00"]}`, as /pdl keeps a contract's `HC (22H00-6H00)` after it was parsed. */
function parsedRanges(contract: string | null): ListedOffpeakHours {
  if (contract === null) return null;
  const ranges = [...contract.matchAll(/(\d{1,2})[Hh:](\d{2})-(\d{1,2})[Hh:](\d{2})/g)].map(
    ([, fromHour = "", fromMinute = "", toHour = "", toMinute = ""]) =>
      `${fromHour.padStart(2, "0")}:${fromMinute}-${toHour.padStart(2, "0")}:${toMinute}`,
  );
  return ranges.length > 0 ? { ranges } : { default: contract };
}

function bodyOf(point: ListedPoint, all: readonly ListedPoint[]): object {
  const { listed, meter } = point;
  const offpeakHours = meter.contract?.offpeakHours ?? null;
  const linked = all.find((other) => other.usagePointId === listed.linkedProductionPoint);
  return {
    id: point.id,
    usage_point_id: point.usagePointId,
    name: point.name,
    created_at: point.createdAt,
    display_order: point.displayOrder,
    subscribed_power: orDefault(listed.subscribedPowerKva, meter.contract?.subscribedPowerKva ?? null),
    offpeak_hours: orDefault(listed.offpeakHours, parsedRanges(offpeakHours)),
    pricing_option: orDefault(listed.pricingOption, offpeakHours === null ? "BASE" : "HC_HP"),
    has_consumption: listed.hasConsumption ?? meter.measures("consumption"),
    has_production: listed.hasProduction ?? meter.measures("production"),
    is_active: point.isActive,
    oldest_available_data_date: point.oldestAvailableDataDate,
    activation_date: orDefault(listed.activationDate, meter.activationDate),
    linked_production_pdl_id: linked?.id ?? null,
    selected_offer_id: listed.selectedOfferId ?? null,
  };
}

/** A null that was given is kept. */
const orDefault = <Value>(given: Value | undefined, byDefault: Value): Value =>
  given === undefined ? byDefault : given;

function listPdls(visit: Visit): Reply {
  const points = pointsOf(visit);
  return success(points.map((point) => bodyOf(point, points)));
}

function getPdl(visit: Visit): Reply {
  const points = pointsOf(visit);
  const point = points.find((one) => one.id === visit.parameter);
  return point ? success(bodyOf(point, points)) : failure("PDL_NOT_FOUND", "PDL not found");
}

export const pdlRoutes: readonly Route[] = [
  { method: "GET", pattern: "/pdl", access: "verified", answer: listPdls },
  { method: "GET", pattern: "/pdl/{pdl_id}", access: "account", answer: getPdl },
];
