import assert from "node:assert/strict";
import { test } from "node:test";
import { failureOf, gatewayCodes, textRows } from "../../../src/adapters/gateway/errors.ts";
import { registerSecret } from "../../../src/shared/log.ts";

/** Code, text, expected outcome (with its reason). The texts are those of the contract where it gives one. */
const cases: readonly (readonly [string, string, string])[] = [
  ["ACCESS_DENIED", "Accès refusé : PDL introuvable ou non associé à votre compte.", "refused/unknown_meter"],
  ["PDL_NOT_FOUND", "PDL not found", "refused/unknown_meter"],
  ["ENEDIS_UNAVAILABLE", "L'API Enedis est temporairement indisponible.", "unavailable"],
  ["ADAM-ERR0123", "The requested period (2016-01-01) cannot be anterior to…", "before_activation"],
  ["NO_DATA", "No production data available for this period. This may be before the meter activation date.", "no_data"],
  ["RATE_LIMIT_EXCEEDED", "Daily rate limit exceeded (50/50). Use cache to increase limit.", "quota"],
  ["DATE_TOO_OLD", "Start date is too old.", "rejected"],
  ["INVALID_DATE_FORMAT", "day is out of range for month", "rejected"],
  ["INVALID_DATE_RANGE", "", "rejected"],
  ["INVALID_DATE", "Invalid date format: Invalid isoformat string: 'x'", "rejected"],
  ["NOT_FOUND", "TEMPO data not available for today", "no_data"],
  ["FORECAST_ERROR", "boom", "unavailable"],
  ["SERVER_ERROR", "boom", "unavailable"],
  ["MISSING_FIELD", "Au moins une puissance (kVA) est obligatoire", "rejected"],
  ["INVALID_FORMAT", "x", "rejected"],
  ["FORBIDDEN", "x", "rejected"],
  ["INTERNAL_ERROR", "An internal error occurred", "unavailable"],
  ["ENEDIS_ERROR", "ADAM-DC-0007: The customer has moved out.", "refused/moved_out"],
  ["ENEDIS_ERROR", "ADAM-DC-0008: No consent can be found for this customer and this usage point.", "refused/consent"],
  ["ENEDIS_ERROR", "ADAM-DC-0009: start before the consent", "before_activation"],
  ["ENEDIS_ERROR", "STM-ERR-0000019: unknown user", "refused/consent"],
  ["ENEDIS_ERROR", "ADAM-ERR0061: holder", "refused/holder"],
  ["ENEDIS_ERROR", "ADAM-ERR0075: objection", "refused/holder"],
  ["ENEDIS_ERROR", "ADAM-DC-0015: more than 7 days", "rejected"],
  ["ENEDIS_ERROR", "ADAM-ERR0126: more than 7 days", "rejected"],
  ["ENEDIS_ERROR", "ADAM-DC-0016: older than 24 months", "rejected"],
  ["ENEDIS_ERROR", "ADAM-ERR0125: older than 24 months", "rejected"],
  ["ENEDIS_ERROR", "ADAM-ERR0123: before the activation", "before_activation"],
  ["ENEDIS_ERROR", "ADAM-ERR0069: Le sens de la mesure ne correspond pas pour le PRM demandé.", "wrong_flow"],
  ["ENEDIS_ERROR", "Invalid_request: The end date parameter must be earlier than the current date.", "rejected"],
  ["ENEDIS_ERROR", "invalid_resquest: Start date should be before end date.", "rejected"],
  ["ENEDIS_ERROR", "STM-ERR-0000014: no measure", "no_data"],
  ["ENEDIS_ERROR", "STM-ERR-0000020: no measure", "no_data"],
  ["ENEDIS_ERROR", "Quota Q3 reached: Call threshold allowed on 09:31:03", "unavailable"],
  ["ENEDIS_ERROR", "Quota Q4 reached: ", "unavailable"],
  ["ENEDIS_ERROR", "Call threshold allowed on 10:00:00", "unavailable"],
  ["ENEDIS_ERROR", "ADAM-DC-0500: Un problème a été rencontré lors du traitement.", "unavailable"],
  ["ENEDIS_ERROR", "STM-ERR-0000001: Technical error", "unavailable"],
  ["ENEDIS_ERROR", "Service Unavailable: The service is temporarily unavailable", "unavailable"],
  ["ENEDIS_ERROR", "Internal Server error: ", "unavailable"],
  [
    "ENEDIS_ERROR",
    "Failed to fetch 2026-11-17 to 2026-11-19: no_data_found: no measure found for this usage point",
    "no_data",
  ],
  [
    "ENEDIS_ERROR",
    "Failed to fetch 2026-11-01 to 2026-11-05: no_data_found: no measure; Failed to fetch 2026-11-07 to 2026-11-09: ADAM-DC-0008: No consent",
    "refused/consent",
  ],
  [
    "ENEDIS_ERROR",
    "Failed to fetch 2026-11-01 to 2026-11-05: no_data_found: no measure; Failed to fetch 2026-11-07 to 2026-11-09: ADAM-DC-0500: x",
    "unavailable",
  ],
  ["ENEDIS_ERROR", "", "unavailable"],
  ["ENEDIS_ERROR", "Failed to fetch 2026-11-17 to 2026-11-19: ", "unavailable"],
  ["ENEDIS_ERROR", "Server disconnected without sending a response.", "unavailable"],
  ["ENEDIS_ERROR", "Expecting value: line 1 column 1 (char 0)", "unavailable"],
  ["ENEDIS_ERROR", "ADAM-ERR0999: something new", "unavailable"],
  ["SOMETHING_NEW", "of a later release", "unavailable"],
  ["", "", "unavailable"],
];

for (const [code, message, expected] of cases) {
  test(`${code || "no code"} "${message.slice(0, 60)}" is ${expected}`, () => {
    const failure = failureOf({ code, message });
    assert.equal(failure.outcome === "refused" ? `refused/${failure.reason}` : failure.outcome, expected);
    assert.notEqual(failure.message, "");
  });
}

test("every row of both tables is met by a case", () => {
  const codes = gatewayCodes.map((row) => row.code).filter((code) => !cases.some(([used]) => used === code));
  assert.deepEqual(codes, []);
  const rows = textRows.filter(({ pattern }) => !cases.some(([code, text]) => pattern.test(`${code}: ${text}`)));
  assert.deepEqual(rows, []);
});

test("the text of an unknown code is kept", () => {
  assert.equal(
    failureOf({ code: "SOMETHING_NEW", message: "of a later release" }).message,
    "SOMETHING_NEW: of a later release",
  );
});

test("a message shows neither a secret nor a whole usage point, on one line of bounded length", () => {
  registerSecret("hush-hush");
  const { message } = failureOf({ code: "X_Y", message: `PRM 12345678901234\n hush-hush ${"a".repeat(500)}` });
  assert.match(message, /^X_Y: PRM …1234 ••• a+…$/);
  assert.equal(message.length, 301); // 300 and the ellipsis
});
