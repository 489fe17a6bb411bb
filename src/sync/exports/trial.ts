import type { Finding } from "../checks/finding.ts";
import type { Destination } from "./destination.ts";
import { ExportFailure } from "./exporter.ts";

/** What each step of a trial found, the reason of a failure included. */
export async function trialFindings(
  destination: Pick<Destination, "test">,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  try {
    return await destination.test(signal);
  } catch (error) {
    if (!(error instanceof ExportFailure)) throw error;
    return [{ ok: false, text: error.text }];
  }
}
