import assert from "node:assert/strict";
import { test } from "node:test";
import { hourInWords, twinLines } from "../../src/cli/hour-words.ts";
import { instant } from "../../src/domain/units.ts";

const at = (iso: string) => instant(Date.parse(iso));

test("an hour is told from and to, the last of a day to 24:00", () => {
  assert.equal(hourInWords(at("2026-11-20T21:00:00Z"), "fr"), "de 22:00 à 23:00");
  assert.equal(hourInWords(at("2026-11-20T22:00:00Z"), "en"), "from 23:00 to 24:00");
  assert.deepEqual(twinLines(at("2026-11-20T21:00:00Z"), "fr"), []);
});

test("the hour before the clock is put forward says what it shows then", () => {
  // 00:00 UTC is 01:00 in winter time; an hour later it is 03:00 in summer time.
  assert.equal(hourInWords(at("2026-03-29T00:00:00Z"), "fr"), "de 01:00 à 02:00 (puis 03:00)");
  assert.equal(hourInWords(at("2026-03-29T01:00:00Z"), "fr"), "de 03:00 à 04:00");
});

test("the repeated hour of autumn says which it is, and how to ask for the other", () => {
  // 00:00 UTC is 02:00 in summer time, 01:00 UTC is 02:00 in winter time.
  const [summer, winter] = [at("2026-10-25T00:00:00Z"), at("2026-10-25T01:00:00Z")];
  assert.equal(hourInWords(summer, "fr"), "de 02:00 à 03:00 (heure d'été)");
  assert.equal(hourInWords(winter, "en"), "from 02:00 to 03:00 (winter time)");
  assert.match(twinLines(summer, "fr")[0] ?? "", /\(heure d'hiver\), demandez "2026-10-25 02:30\+01:00"\.$/);
  assert.match(twinLines(winter, "en")[0] ?? "", /\(summer time\) ask for "2026-10-25 02:30\+02:00"\.$/);
  assert.equal(hourInWords(at("2026-10-24T23:00:00Z"), "fr"), "de 01:00 à 02:00");
});
