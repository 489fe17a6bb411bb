import type { Language } from "../shared/language.ts";
import { bill as makeBill } from "../sync/bill/bill.ts";
import type { BillDeps } from "../sync/bill/meter.ts";
import { billView } from "../sync/bill/view.ts";
import { answerMeters } from "./answer-meters.ts";
import { billLines } from "./bill-lines.ts";
import type { Output } from "./session.ts";

/** As typed; undefined where an option is not given. */
export interface BillArguments {
  readonly meter?: string | undefined;
  readonly month?: string | undefined;
  readonly year?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** An amount in EUR. */
  readonly invoice?: string | undefined;
  readonly json: boolean;
}

/** The parts of the session that commands about money use. */
export interface BillPort extends BillDeps {
  readonly language: Language;
  readonly output: Output;
}

/** What a month, a year or any days cost, from the store alone. 2 when the request has to be another one. */
export function bill(port: BillPort, { json, meter, ...span }: BillArguments): Promise<number> {
  return answerMeters(port, { json, meter }, async (wanted) => {
    const made = await makeBill(port, { ...span, meter: wanted });
    return { view: billView(made), lines: billLines(made, port.language) };
  });
}
