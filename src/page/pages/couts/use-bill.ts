import type { LocalDate } from "../../../domain/units.ts";
import type { BillAnswer } from "../../../server/api/bill.ts";
import { urlOf } from "../../api/client.ts";
import { type Resource, useApi } from "../../api/resource.ts";
import { usagePoint } from "../../home.ts";
import type { Period, Reach } from "../../period.ts";
import { billQueryOf } from "./bill-query.ts";

export interface ShownBill {
  readonly bill: Resource<BillAnswer>;
  /** Whether there can be one of the period. */
  readonly isAsked: boolean;
  readonly csvHref: string | null;
}

/** The bill of what is shown; `invoice` is an amount to hold against it. */
export function useBill(period: Period, reach: Reach, invoice?: string | null): ShownBill {
  const point = usagePoint.value;
  const flow = point?.flows.find((one) => one.flow === "consumption");
  const query = flow === undefined ? null : billQueryOf(period, reach, flow.through as LocalDate);
  const path = point === null || query === null ? null : `api/bill/${point.id}`;
  const bill = useApi<BillAnswer>(invoice === null ? null : path, { ...query, invoice });
  return { bill, isAsked: path !== null, csvHref: path === null ? null : urlOf(path, { ...query, format: "csv" }) };
}
