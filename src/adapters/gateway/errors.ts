import type { RefusalReason } from "../../sync/source.ts";
import { type Failure, tidy } from "./failure.ts";

/**
 * What each failure means, as data: the table of codes and texts beside where each is known from. "GW" is the gateway's
 * source, release 1.22.0; "Enedis" its copy of Enedis' list of errors (docs/external-apis/enedis-api/
 * enedis-api-error.md); "rec" a recorded answer.
 */
export type Verdict =
  | { readonly outcome: Exclude<Failure["outcome"], "refused" | "clock"> }
  | { readonly outcome: "refused"; readonly reason: RefusalReason };

const refused = (reason: RefusalReason): Verdict => ({ outcome: "refused", reason });
const noData: Verdict = { outcome: "no_data" };
const quota: Verdict = { outcome: "quota" };
const unavailable: Verdict = { outcome: "unavailable" };
const rejected: Verdict = { outcome: "rejected" };
const beforeActivation: Verdict = { outcome: "before_activation" };
const wrongFlow: Verdict = { outcome: "wrong_flow" };

interface CodeRow {
  readonly code: string;
  readonly verdict: Verdict;
  readonly source: string;
}

/** Codes of the gateway's own that say everything; the others are looked into. */
export const gatewayCodes: readonly CodeRow[] = [
  { code: "ACCESS_DENIED", verdict: refused("unknown_meter"), source: "GW routers/enedis.py" },
  { code: "PDL_NOT_FOUND", verdict: refused("unknown_meter"), source: "GW routers/pdl.py" },
  { code: "ENEDIS_UNAVAILABLE", verdict: unavailable, source: "GW routers/enedis.py: no token from Enedis" },
  // On detail it hides any failure of Enedis, hence proves nothing.
  { code: "NO_DATA", verdict: noData, source: "GW routers/enedis.py" },
  { code: "NOT_FOUND", verdict: noData, source: "GW routers/tempo.py" },
  { code: "RATE_LIMIT_EXCEEDED", verdict: quota, source: "GW services/rate_limiter.py" },
  { code: "DATE_TOO_OLD", verdict: rejected, source: "GW routers/enedis.py: start before today less 3 years" },
  { code: "INVALID_DATE_FORMAT", verdict: rejected, source: "GW routers/enedis.py" },
  { code: "INVALID_DATE_RANGE", verdict: rejected, source: "GW routers/enedis.py" },
  { code: "INVALID_DATE", verdict: rejected, source: "GW routers/tempo.py" },
  { code: "MISSING_FIELD", verdict: rejected, source: "GW routers/energy_offers.py" },
  { code: "INVALID_FORMAT", verdict: rejected, source: "GW, on a route that is not told" },
  { code: "FORBIDDEN", verdict: rejected, source: "GW, on a route that is not told" },
  { code: "FORECAST_ERROR", verdict: unavailable, source: "GW routers/tempo.py" },
  { code: "SERVER_ERROR", verdict: unavailable, source: "GW, on a route that is not told" },
  { code: "INTERNAL_ERROR", verdict: unavailable, source: "GW main.py: uncaught exception" },
];

interface TextRow {
  readonly pattern: RegExp;
  readonly verdict: Verdict;
  readonly source: string;
}

/**
 * What may stand in a text. The first row that matches decides: several failures can be joined in one text, and what
 * only the user can mend comes before what passes, which comes before "nothing there".
 */
export const textRows: readonly TextRow[] = [
  { pattern: /ADAM-DC-0007/i, verdict: refused("moved_out"), source: "Enedis, 403" },
  { pattern: /ADAM-DC-0008/i, verdict: refused("consent"), source: "Enedis, 403: no or expired consent" },
  // What lies after the consent may be read: only the start is wrong.
  { pattern: /ADAM-DC-0009/i, verdict: beforeActivation, source: "Enedis, 403: start before the consent" },
  { pattern: /STM-ERR-0000019/i, verdict: refused("consent"), source: "Enedis, 404: unknown or unauthorised user" },
  { pattern: /ADAM-ERR0061|ADAM-ERR0075/i, verdict: refused("holder"), source: "Enedis, 400: holder, objection" },
  { pattern: /ADAM-ERR0069/i, verdict: wrongFlow, source: "Enedis, 400; rec, a home without production" },
  { pattern: /ADAM-DC-0015|ADAM-ERR0126/i, verdict: rejected, source: "Enedis, 400: curve over more than 7 days" },
  { pattern: /ADAM-DC-0016|ADAM-ERR0125/i, verdict: rejected, source: "Enedis, 400: start beyond the history" },
  { pattern: /ADAM-ERR0123/i, verdict: beforeActivation, source: "GW adapters/enedis.py" },
  { pattern: /invalid_res?quest/i, verdict: rejected, source: "Enedis, 400, in both spellings" },
  { pattern: /Quota Q\d reached/i, verdict: unavailable, source: "Enedis, 429: shared by all users of the gateway" },
  { pattern: /Call threshold allowed/i, verdict: unavailable, source: "Enedis, 429" },
  { pattern: /ADAM-DC-0500|STM-ERR-0000001/i, verdict: unavailable, source: "Enedis, 500" },
  { pattern: /Service Unavailable|Internal Server error/i, verdict: unavailable, source: "Enedis, 500 and 503; rec" },
  { pattern: /no_data_found/i, verdict: noData, source: "Enedis, 404" },
  { pattern: /STM-ERR-0000014|STM-ERR-0000020/i, verdict: noData, source: "Enedis, 404" },
];

/** The verdict of the text rows; undefined when none knows the text. */
export const verdictOfText = (text: string): Verdict | undefined =>
  textRows.find((row) => row.pattern.test(text))?.verdict;

/**
 * What a failure with a code and a text means. What no row knows (a new code, an empty text, a text of Python or httpx
 * after a timeout) is taken for passing: nothing is concluded from it, and it is asked again ever more rarely.
 */
export function failureOf({ code, message }: { readonly code: string; readonly message: string }): Failure {
  const text = [code, message].filter((part) => part !== "").join(": ");
  const own = gatewayCodes.find((row) => row.code === code)?.verdict;
  return withMessage(own ?? verdictOfText(text) ?? unavailable, text === "" ? "Failed without a reason" : text);
}

export const withMessage = (verdict: Verdict, message: string): Failure => ({ ...verdict, message: tidy(message) });
