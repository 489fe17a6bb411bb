import assert from "node:assert/strict";
import { test } from "node:test";
import type { HttpReply } from "../../../src/adapters/gateway/http.ts";
import { openReply } from "../../../src/adapters/gateway/status.ts";

const json = (status: number, body: unknown, retryAfterMs: number | null = null): HttpReply => ({
  kind: "json",
  status,
  body,
  bytes: 10,
  retryAfterMs,
  madeAt: null,
});
const text = (status: number, page: string, retryAfterMs: number | null = null): HttpReply => ({
  kind: "text",
  status,
  text: page,
  bytes: 10,
  retryAfterMs,
  madeAt: null,
});
const envelope = (success: boolean, data: unknown, error: object | null = null) => ({
  success,
  data,
  error,
  timestamp: "2026-11-20T09:31:02.123456",
});
const page502 = "<html>\r\n<head><title>502 Bad Gateway</title></head></html>";

const cases: readonly (readonly [string, HttpReply, object])[] = [
  [
    "nothing at all is unavailable",
    { kind: "nothing", message: "No connection: ECONNRESET" },
    { outcome: "unavailable", message: "No connection: ECONNRESET" },
  ],
  [
    "a page of the proxy is unavailable, with its title",
    text(502, page502, 30_000),
    {
      outcome: "unavailable",
      message: "HTTP 502 with something else than JSON: 502 Bad Gateway",
      retryAfterMs: 30_000,
    },
  ],
  [
    "HTTP 200 with a page is unavailable",
    text(200, "<html>Bienvenue</html>"),
    { outcome: "unavailable", message: "HTTP 200 with something else than JSON" },
  ],
  [
    "404 of a proxy, in bare text, is unavailable",
    text(404, "404 page not found"),
    { outcome: "unavailable", message: "HTTP 404 with something else than JSON" },
  ],
  [
    "an unknown host name is rejected",
    text(400, "Invalid host header"),
    { outcome: "rejected", message: "HTTP 400: Invalid host header" },
  ],
  [
    "401 is unauthorized",
    json(401, { detail: "Invalid authentication credentials" }),
    { outcome: "unauthorized", message: "HTTP 401: Invalid authentication credentials" },
  ],
  [
    "403 is unauthorized",
    json(403, { detail: "Email not verified. Please check your email for verification link." }),
    {
      outcome: "unauthorized",
      message: "HTTP 403: Email not verified. Please check your email for verification link.",
    },
  ],
  [
    "403 with a code of Enedis is a refusal of the meter",
    json(403, { detail: "ADAM-DC-0008: No consent" }),
    { outcome: "refused", reason: "consent", message: "HTTP 403: ADAM-DC-0008: No consent" },
  ],
  [
    "an unknown route is rejected",
    json(404, { detail: "Not Found" }),
    { outcome: "rejected", message: "HTTP 404: Not Found" },
  ],
  [
    "405 is rejected",
    json(405, { detail: "Method Not Allowed" }),
    { outcome: "rejected", message: "HTTP 405: Method Not Allowed" },
  ],
  [
    "422 is rejected and names the field",
    json(422, { detail: [{ type: "missing", loc: ["query", "start"], msg: "Field required", input: null }] }),
    { outcome: "rejected", message: "HTTP 422: query.start: Field required" },
  ],
  [
    "too long an EcoWatt period is rejected",
    json(400, { detail: "Date range cannot exceed 365 days" }),
    { outcome: "rejected", message: "HTTP 400: Date range cannot exceed 365 days" },
  ],
  [
    "429 with the count of the day is the quota",
    json(429, { detail: "Rate limit exceeded: 50/50 requests today" }),
    { outcome: "quota", message: "HTTP 429: Rate limit exceeded: 50/50 requests today" },
  ],
  [
    "429 otherwise is unavailable, and its patience is kept",
    json(429, { detail: "Slow down" }, 5000),
    { outcome: "unavailable", message: "HTTP 429: Slow down", retryAfterMs: 5000 },
  ],
  [
    "429 of the proxy is unavailable",
    text(429, "Too Many Requests", 60_000),
    { outcome: "unavailable", message: "HTTP 429 with something else than JSON", retryAfterMs: 60_000 },
  ],
  [
    "500 is unavailable, enveloped or not",
    json(500, envelope(false, null, { code: "INTERNAL_ERROR", message: "An internal error occurred", field: null })),
    { outcome: "unavailable", message: "HTTP 500: INTERNAL_ERROR: An internal error occurred" },
  ],
  ["503 in JSON is unavailable", json(503, {}), { outcome: "unavailable", message: "HTTP 503: no detail" }],
  [
    "HTTP 200 with a failure is that failure",
    json(200, envelope(false, null, { code: "NO_DATA", message: "No data", field: null })),
    { outcome: "no_data", message: "NO_DATA: No data" },
  ],
  [
    "a failure without an error is unavailable",
    json(200, envelope(false, null)),
    { outcome: "unavailable", message: "Failed without a reason" },
  ],
  [
    "a refusal dressed as a success is a refusal",
    json(200, envelope(true, { error: "ADAM-ERR0123", error_description: "before the activation" })),
    { outcome: "before_activation", message: "ADAM-ERR0123: before the activation" },
  ],
  [
    "so is one without description",
    json(200, envelope(true, { error: "no_data_found" })),
    { outcome: "no_data", message: "no_data_found" },
  ],
  [
    "JSON that is no envelope is unavailable",
    json(200, { hello: 1 }),
    { outcome: "unavailable", message: "The answer is JSON, but not the gateway's envelope" },
  ],
  [
    "data beside PARTIAL_DATA are incomplete",
    json(200, envelope(true, [1], { code: "PARTIAL_DATA", message: "Some data could not be fetched", field: null })),
    { outcome: "data", data: [1], incomplete: "Some data could not be fetched" },
  ],
  ["unknown keys are tolerated", json(200, { ...envelope(true, [1]), meta: { a: 1 } }), { outcome: "data", data: [1] }],
  ["missing keys are too", json(200, { success: true, data: [1] }), { outcome: "data", data: [1] }],
  [
    "HTTP 201 is opened like 200",
    json(201, envelope(false, null, { code: "MISSING_FIELD", message: "x", field: null })),
    { outcome: "rejected", message: "MISSING_FIELD: x" },
  ],
];

for (const [name, reply, expected] of cases) {
  test(name, () => assert.deepEqual(openReply(reply, "envelope"), expected));
}

test("a bare route gives its body as it is, null included", () => {
  assert.deepEqual(openReply(json(200, null), "bare"), { outcome: "data", data: null });
});
