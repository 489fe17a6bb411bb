/**
 * What kept an exchange over the network from taking place:
 *
 * | fault | |
 * |---|---|
 * | connection_refused | nobody listens there |
 * | unknown_host | the name is not known |
 * | timeout | no answer came in time, as far as the system can tell |
 * | certificate | the peer showed one that we do not trust |
 * | tls | the encryption failed otherwise |
 * | redirected | it was told to go elsewhere, which it must not |
 * | not_http | the port speaks something else |
 * | unreachable | anything else |
 */
export type NetworkFault =
  | "connection_refused"
  | "unknown_host"
  | "timeout"
  | "certificate"
  | "tls"
  | "redirected"
  | "not_http"
  | "unreachable";

export interface NetworkError {
  readonly fault: NetworkFault;
  /** Node's code, else the error's words; neither is for the user alone. */
  readonly detail: string;
  readonly message: string;
  readonly code: string;
}

const systemFaults: Readonly<Record<string, NetworkFault>> = {
  ECONNREFUSED: "connection_refused",
  ENOTFOUND: "unknown_host",
  EAI_AGAIN: "unknown_host",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
};

/** Node's codes for a certificate that the peer showed and we do not trust. */
const trustErrors =
  /^(UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CERT_|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|CRL_)/;

/** What an error of Node, undici or ws means. */
export function networkErrorOf(error: unknown): NetworkError {
  const { code, message } = innermost(error);
  return { fault: faultOf(code, message), detail: code === "" ? message : code, message, code };
}

function faultOf(code: string, message: string): NetworkFault {
  // The words of undici for `redirect: "error"`, which has no code.
  if (/redirect/.test(message)) return "redirected";
  if (trustErrors.test(code)) return "certificate";
  if (/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO)/.test(code)) return "tls";
  if (/^HPE_/.test(code)) return "not_http";
  return systemFaults[code] ?? "unreachable";
}

/** The first reason of all; several addresses of one host fail together, and the first tells why. */
function innermost(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error) return innermost(error.cause);
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : "";
  return { code: String(code ?? ""), message };
}
