import { HomeAssistantFailure } from "../../sync/statistics/recorder.ts";
import type { Endpoint } from "./endpoint.ts";
import { type FailureCode, failure } from "./failure.ts";

const systemErrors: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: "connection_refused",
  ENOTFOUND: "unknown_host",
  EAI_AGAIN: "unknown_host",
  ETIMEDOUT: "timeout",
};

/** Node's codes for a certificate that the peer showed and we do not trust. */
const trustErrors =
  /^(UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CERT_|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|CRL_)/;

/** What an error before the connection was open means for the user. */
export function connectFailure(error: unknown, endpoint: Endpoint): HomeAssistantFailure {
  if (error instanceof HomeAssistantFailure) return error;
  const { code, message } = factsOf(error);
  const facts = { url: endpoint.websocketUrl, detail: code === "" ? message : code };
  if (trustErrors.test(code)) return failure("certificate", facts, error);
  if (/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO)/.test(code)) return failure("tls", facts, error);
  // The words of `ws` for `handshakeTimeout`, which has no code.
  if (/handshake has timed out/.test(message)) return failure("timeout", facts, error);
  if (/^(WS_ERR_|HPE_)/.test(code)) return failure("no_home_assistant", facts, error);
  return failure(systemErrors[code] ?? "unreachable", facts, error);
}

/** What an HTTP answer means where a websocket was asked for. */
export function statusFailure(status: number, location: string, endpoint: Endpoint): HomeAssistantFailure {
  const facts = { url: endpoint.websocketUrl, detail: `HTTP ${status}` };
  if (status === 502 || status === 503 || status === 504) return failure("proxy_waits", facts);
  if (status === 401 || status === 403)
    return failure(endpoint.viaSupervisor ? "bad_supervisor_token" : "forbidden", facts);
  if (status >= 300 && status < 400) return failure("redirected", { ...facts, detail: originOf(location) });
  return failure("no_home_assistant", facts);
}

/** Its path and parameters may say more than is for a log. */
const originOf = (location: string): string => URL.parse(location)?.origin ?? "";

/** Several addresses of one host fail together: the first tells why. */
function factsOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return factsOf(error.errors[0]);
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : "";
  return { code: String(code ?? ""), message };
}
