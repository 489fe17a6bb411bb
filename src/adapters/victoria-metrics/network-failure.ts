import { type NetworkFault, networkErrorOf } from "../../shared/network-error.ts";
import { ExportFailure } from "../../sync/exports/exporter.ts";
import { failure } from "./failure.ts";
import type { FailureCode } from "./sentences.ts";

const codes: Readonly<Record<NetworkFault, FailureCode>> = {
  connection_refused: "connection_refused",
  unknown_host: "unknown_host",
  timeout: "timeout",
  certificate: "certificate",
  tls: "unreachable",
  redirected: "redirected",
  not_http: "not_understood",
  unreachable: "unreachable",
};

/** What an error of the exchange means. The error itself goes no further: it may hold the request and its headers. */
export function networkFailure(error: unknown, url: string): ExportFailure {
  if (error instanceof ExportFailure) return error;
  const { fault, detail } = networkErrorOf(error);
  return failure(codes[fault], { url, detail });
}
