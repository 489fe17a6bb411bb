import type { Clock } from "../../shared/clock.ts";
import { clockToleranceMs } from "../../sync/clock-trouble.ts";
import { type Failure, tidy } from "./failure.ts";
import type { HttpReply } from "./http.ts";

/** Node's codes for a certificate whose dates do not hold the machine's own. */
const certificateDates = /\b(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)\b/;

/**
 * Whether an exchange shows that this machine's clock is wrong: every answer tells the time it was made at (RFC 9110,
 * 6.6.1), and a clock that is off by more than a certificate's life lets none come. Null where nothing shows.
 */
export function clockFailure(reply: HttpReply, clock: Pick<Clock, "now">): Failure | null {
  if (reply.kind === "nothing")
    return certificateDates.test(reply.message)
      ? { outcome: "clock", aheadMs: null, message: tidy(reply.message) }
      : null;
  if (reply.madeAt === null) return null;
  const aheadMs = clock.now() - reply.madeAt;
  if (Math.abs(aheadMs) <= clockToleranceMs) return null;
  return { outcome: "clock", aheadMs, message: `The gateway says that it is ${new Date(reply.madeAt).toISOString()}` };
}

/** When an answer was made: its `Date`, plus the seconds a cache kept it (`Age`); null where it does not tell. */
export function madeAtOf(headers: Headers): number | null {
  const madeAt = Date.parse(headers.get("date") ?? "");
  const ageSeconds = Number(headers.get("age") ?? 0);
  return Number.isNaN(madeAt) || !(ageSeconds >= 0) ? null : madeAt + ageSeconds * 1000;
}
