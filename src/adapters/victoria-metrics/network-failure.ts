import { ExportFailure } from "../../sync/exports/exporter.ts";
import { failure } from "./failure.ts";
import type { FailureCode } from "./sentences.ts";

const systemErrors: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: "connection_refused",
  ENOTFOUND: "unknown_host",
  EAI_AGAIN: "unknown_host",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
};

/** Node's codes for a certificate that the peer showed and we do not trust. */
const trustErrors =
  /^(UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CERT_|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|CRL_)/;

/** What an error of the exchange means. The error itself goes no further: it may hold the request and its headers. */
export function networkFailure(error: unknown, url: string): ExportFailure {
  if (error instanceof ExportFailure) return error;
  const { code, message } = innermost(error);
  // The words of undici for `redirect: "error"`, which has no code.
  if (/redirect/.test(message)) return failure("redirected", { url });
  if (trustErrors.test(code)) return failure("certificate", { url, detail: code });
  // A port that speaks something else than HTTP.
  if (/^HPE_/.test(code)) return failure("not_understood", { url, detail: code });
  return failure(systemErrors[code] ?? "unreachable", { url, detail: code === "" ? message : code });
}

/** The first reason of all; several addresses of one host fail together, and the first tells why. */
function innermost(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error) return innermost(error.cause);
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : "";
  return { code: String(code ?? ""), message };
}
