import { explain as makeExplanation } from "../sync/bill/explain.ts";
import { explanationView } from "../sync/bill/view.ts";
import { answerMeters } from "./answer-meters.ts";
import type { BillPort } from "./bill.ts";
import { explanationLines } from "./explain-lines.ts";

/** As typed; undefined where an option is not given. */
export interface ExplainArguments {
  /** `2026-11-20 22:30` on a Paris clock. */
  readonly at: string;
  readonly meter?: string | undefined;
  readonly json: boolean;
}

/** Why an hour costs what it costs, from the store alone. 2 when the request has to be another one. */
export function explain(port: BillPort, { at, meter, json }: ExplainArguments): Promise<number> {
  return answerMeters(port, { json, meter }, async (wanted) => {
    const made = await makeExplanation(port, { at, meter: wanted });
    return { view: explanationView(made), lines: explanationLines(made, port.language) };
  });
}
