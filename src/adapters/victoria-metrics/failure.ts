import { peerWords } from "../../shared/peer-words.ts";
import { ExportFailure } from "../../sync/exports/exporter.ts";
import { type FailureCode, sentences } from "./sentences.ts";

export interface Facts {
  /** The address, as it may be shown. */
  readonly url: string;
  readonly detail?: string;
  readonly retryAfterMs?: number | null;
}

export function failure(code: FailureCode, { url, detail = "", retryAfterMs = null }: Facts): ExportFailure {
  const [reason, retry, sentence] = sentences[code];
  return new ExportFailure(reason, sentence({ url, detail: peerWords(detail) }), { retry, retryAfterMs });
}
