import { ExportFailure, type ExportRetry } from "../../sync/exports/exporter.ts";
import { JeedomFailure, type JeedomReason } from "./failure.ts";

/**
 * What is asked again by itself costs nothing on the box: a wrong key in a well-formed call is neither counted nor
 * delayed there. A server in front is another matter: `fail2ban` as the core ships it bans for a page that is not there,
 * and others for refused logins.
 */
const harmful: readonly JeedomReason[] = ["wrong_url", "redirected", "forbidden"];

/** What the feeder is told; anything but a failure of the box as it is. */
export function exportFailureOf(error: unknown): unknown {
  if (!(error instanceof JeedomFailure)) return error;
  const { reason, text, retryAfterMs } = error;
  return new ExportFailure(reason, text, { retry: retryOf(error), retryAfterMs, cause: error });
}

const retryOf = ({ reason, isPassing }: JeedomFailure): ExportRetry => {
  if (isPassing) return "soon";
  return harmful.includes(reason) ? "settings" : "hourly";
};
