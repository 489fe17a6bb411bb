import type { Endpoint } from "./endpoint.ts";
import { failure, JeedomFailure } from "./failure.ts";
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

/** What an error of the exchange means for the user. */
export function networkFailure(error: unknown, { url }: Pick<Endpoint, "url">): JeedomFailure {
  if (error instanceof JeedomFailure) return error;
  const { code, message } = innermost(error);
  // The words of undici for `redirect: "error"`, which has no code.
  if (/redirect/.test(message)) return failure("redirected", { url }, error);
  if (trustErrors.test(code)) return failure("certificate", { url, detail: code }, error);
  // A port that speaks something else than HTTP.
  if (/^HPE_/.test(code)) return failure("wrong_url", { url, detail: code }, error);
  return failure(systemErrors[code] ?? "unreachable", { url, detail: code === "" ? message : code }, error);
}

/** The first reason of all; several addresses of one host fail together, and the first tells why. */
function innermost(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error) return innermost(error.cause);
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : "";
  return { code: String(code ?? ""), message };
}
