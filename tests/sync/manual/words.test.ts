import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { instant, wh } from "../../../src/domain/units.ts";
import { dayText, energyText, momentText } from "../../../src/sync/manual/words.ts";

test("days, moments and energies read as people write them", () => {
  assert.equal(dayText(localDate("2026-03-01"), "fr"), "1er mars 2026");
  assert.equal(dayText(localDate("2026-03-11"), "fr"), "11 mars 2026");
  assert.equal(dayText(localDate("2026-03-01"), "en"), "1 March 2026");
  // An hour ahead of UTC in winter.
  assert.equal(momentText(instant(Date.UTC(2026, 10, 30, 23, 4)), "fr"), "1er décembre 2026 à 00:04");
  assert.equal(energyText(wh(14_820), "fr"), "14,820\u202FkWh");
  assert.equal(energyText(wh(14_820), "en"), "14.820\u202FkWh");
});
