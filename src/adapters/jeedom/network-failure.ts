import { type NetworkFault, networkErrorOf } from "../../shared/network-error.ts";
import type { Endpoint } from "./endpoint.ts";
import { failure, JeedomFailure } from "./failure.ts";
import type { FailureCode } from "./sentences.ts";

const codes: Readonly<Record<NetworkFault, FailureCode>> = {
  connection_refused: "connection_refused",
  unknown_host: "unknown_host",
  timeout: "timeout",
  certificate: "certificate",
  tls: "unreachable",
  redirected: "redirected",
  not_http: "wrong_url",
  unreachable: "unreachable",
};

/** What an error of the exchange means for the user. */
export function networkFailure(error: unknown, { url }: Pick<Endpoint, "url">): JeedomFailure {
  if (error instanceof JeedomFailure) return error;
  const { fault, detail } = networkErrorOf(error);
  return failure(codes[fault], { url, detail }, error);
}
