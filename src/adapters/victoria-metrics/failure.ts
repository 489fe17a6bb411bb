import { redact } from "../../shared/log.ts";
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
  return new ExportFailure(reason, sentence({ url, detail: tidy(detail) }), { retry, retryAfterMs });
}

const longestDetail = 300;
/** An answer may be megabytes; a secret that this cuts in two is far behind what is shown. */
const longestLooked = 65_536;

/** On one line, of bounded length, without secrets: a proxy may answer with a page, or with what it was sent. */
function tidy(text: string): string {
  const line = redact(text.slice(0, longestLooked)).replace(/\s+/g, " ").trim();
  return line.length > longestDetail ? `${line.slice(0, longestDetail)}…` : line;
}
