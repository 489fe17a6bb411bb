import type { Language } from "../shared/language.ts";
import { type BillRequest, bill as makeBill } from "../sync/bill/bill.ts";
import type { BillDeps } from "../sync/bill/meter.ts";
import { BillRefusal } from "../sync/bill/refusal.ts";
import { billView } from "../sync/bill/view.ts";
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
  const request: BillRequest = { ...span, meter: meter ?? null };
  return answer(port, json, async () => {
    const made = await makeBill(port, request);
    return { view: billView(made), lines: billLines(made, port.language) };
  });
}

/** Writes an answer or a refusal, as text or as JSON. */
export async function answer(
  { output, language }: Pick<BillPort, "output" | "language">,
  json: boolean,
  make: () => Promise<{ readonly view: object; readonly lines: readonly string[] }>,
): Promise<number> {
  try {
    const { view, lines } = await make();
    if (json) output.line(JSON.stringify(view, null, 2));
    else for (const line of lines) output.line(line);
    return 0;
  } catch (error) {
    if (!(error instanceof BillRefusal)) throw error;
    const { code, text } = error;
    output.line(json ? JSON.stringify({ error: { code, ...text } }, null, 2) : text[language]);
    return code === "no_meter" || code === "no_readings" ? 1 : 2;
  }
}
