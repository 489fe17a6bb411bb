import { type NetworkFault, networkErrorOf } from "../../shared/network-error.ts";
import { HomeAssistantFailure } from "../../sync/statistics/recorder.ts";
import type { Endpoint } from "./endpoint.ts";
import { type FailureCode, failure } from "./failure.ts";

const codes: Readonly<Record<NetworkFault, FailureCode>> = {
  connection_refused: "connection_refused",
  unknown_host: "unknown_host",
  timeout: "timeout",
  certificate: "certificate",
  tls: "tls",
  redirected: "unreachable",
  not_http: "no_home_assistant",
  unreachable: "unreachable",
};

/** What an error before the connection was open means for the user. */
export function connectFailure(error: unknown, endpoint: Endpoint): HomeAssistantFailure {
  if (error instanceof HomeAssistantFailure) return error;
  const { fault, detail, message, code } = networkErrorOf(error);
  const facts = { url: endpoint.websocketUrl, detail };
  // The words of `ws` for `handshakeTimeout`, which has no code.
  if (/handshake has timed out/.test(message)) return failure("timeout", facts, error);
  if (/^WS_ERR_/.test(code)) return failure("no_home_assistant", facts, error);
  return failure(codes[fault], facts, error);
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
