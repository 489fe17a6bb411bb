import type { ExportFailure } from "../../sync/exports/exporter.ts";
import { failure } from "./failure.ts";
import type { FailureCode } from "./sentences.ts";

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | null;
}

/**
 * | answer | means |
 * |---|---|
 * | 429 | wait |
 * | 5xx | down, read-only, overloaded, or no backend behind vmauth |
 * | 401, 400 that names the login | wrong login: vmauth 1.79.5 answers a wrong token with 400 |
 * | 400 that names a route | vmauth does not forward the path |
 * | 404, 400 "unsupported path" | wrong base address |
 */
export function refusal({ status, text, retryAfterMs }: Reply, url: string): ExportFailure {
  return failure(codeOf(status, text), { url, detail: `HTTP ${status} ${said(text)}`, retryAfterMs });
}

/** Without the request that the server repeats in front of its reason: it names the meter, and a refused key. */
const said = (text: string): string =>
  text
    .slice(0, 65_536)
    .replace(/remoteAddr: .*?; requestURI: .*?; /, "")
    .replace(/authKey "[^"]*"/, "authKey");

function codeOf(status: number, text: string): FailureCode {
  if (status === 429) return "too_many";
  if (status >= 500) return "server_error";
  if (status === 401) return "refused_login";
  if (status === 403) return "forbidden";
  if (status === 404) return "wrong_path";
  if (status >= 300 && status < 400) return "redirected";
  if (status === 400) return badRequestOf(text);
  return status < 300 ? "not_understood" : "refused";
}

function badRequestOf(text: string): FailureCode {
  if (/unsupported path/i.test(text)) return "wrong_path";
  if (/route/i.test(text)) return "no_route";
  if (/auth|credential|token/i.test(text)) return "refused_login";
  return "refused";
}

/** Of a deletion: whatever says no asks for the same remedies. */
export function deletionRefusal(reply: Reply, url: string): ExportFailure {
  if (reply.status === 429 || reply.status >= 500) return refusal(reply, url);
  return failure("delete_refused", { url, detail: `HTTP ${reply.status} ${said(reply.text)}` });
}
