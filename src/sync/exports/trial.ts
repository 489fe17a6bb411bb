import type { Text } from "../../shared/language.ts";
import { redact } from "../../shared/log.ts";
import type { Finding } from "../checks/finding.ts";
import type { Destination } from "./destination.ts";
import { ExportFailure } from "./exporter.ts";

/** What each step of a trial found, the reason of a failure included: as it may be shown, whatever the peer said of itself. */
export async function trialFindings(
  destination: Pick<Destination, "test">,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings = await destination.test(signal).catch((error: unknown): readonly Finding[] => {
    if (!(error instanceof ExportFailure)) throw error;
    return [{ ok: false, text: error.text }];
  });
  return findings.map(({ ok, text }) => ({ ok, text: presentable(text) }));
}

/** Names and versions come from the peer: they may be of any length, and repeat what it was sent. */
const longestSentence = 1_000;

const presentable = ({ fr, en }: Text): Text => ({ fr: shown(fr), en: shown(en) });

function shown(text: string): string {
  const clean = redact(text);
  return clean.length > longestSentence ? `${clean.slice(0, longestSentence)}…` : clean;
}
