import { compare as makeComparison } from "../sync/bill/compare.ts";
import { comparisonView } from "../sync/bill/view.ts";
import { answerMeters } from "./answer-meters.ts";
import type { BillPort } from "./bill.ts";
import { comparisonLines } from "./compare-lines.ts";

/** As typed; undefined where an option is not given. */
export interface CompareArguments {
  readonly meter?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Off-peak windows to try, as a contract spells them. */
  readonly whatIf?: string | undefined;
  readonly json: boolean;
}

/** What the household would have paid by other plans, from the store alone. 2 when the request has to be another one. */
export function compare(port: BillPort, { meter, json, ...request }: CompareArguments): Promise<number> {
  return answerMeters(port, { json, meter }, async (wanted) => {
    const made = await makeComparison(port, { ...request, meter: wanted });
    return { view: comparisonView(made), lines: comparisonLines(made, port.language) };
  });
}
