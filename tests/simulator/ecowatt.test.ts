import assert from "node:assert/strict";
import { test } from "node:test";
import { Bench, field, list, plainPoint, text } from "./bench.ts";

const periods = (value: unknown): string[] => list(value).map((signal) => text(field(signal, "periode")));

/** Friday evening, after the publication of 12:15. */
const friday = "2026-11-20T17:00:00Z";

test("current is tomorrow's signal, bare, its midnight in naive UTC", async () => {
  const answer = await new Bench(friday).get("/ecowatt/current");
  assert.equal(field(answer.body, "periode"), "2026-11-20T23:00:00");
  assert.equal(field(answer.body, "success"), undefined);
});

test("in summer Paris midnight is 22:00 UTC", async () => {
  const answer = await new Bench("2026-07-15T17:00:00Z").get("/ecowatt/current");
  assert.equal(field(answer.body, "periode"), "2026-07-15T22:00:00");
});

test("current is the literal null when tomorrow is unknown", async () => {
  const answer = await new Bench(friday, [plainPoint()], { ecowatt: { publishedAt: () => null } }).get(
    "/ecowatt/current",
  );
  assert.equal(answer.body, null);
});

test("history from yesterday to today + 3 gives J to J+3; without a day before, today is lost", async () => {
  const bench = new Bench(friday);
  const answer = await bench.get("/ecowatt/history", { start_date: "2026-11-19", end_date: "2026-11-23" });
  assert.deepEqual(periods(answer.body), [
    "2026-11-19T23:00:00",
    "2026-11-20T23:00:00",
    "2026-11-21T23:00:00",
    "2026-11-22T23:00:00",
  ]);
  const late = await bench.get("/ecowatt/history", { start_date: "2026-11-20", end_date: "2026-11-23" });
  assert.equal(periods(late.body)[0], "2026-11-20T23:00:00");
});

test("forecast leaves today out", async () => {
  const answer = await new Bench(friday).get("/ecowatt/forecast", { days: 2 });
  assert.deepEqual(periods(answer.data), ["2026-11-20T23:00:00", "2026-11-21T23:00:00"]);
});

test("J+3 comes at 17:00, on Fridays at 12:15", async () => {
  const known = async (now: string): Promise<string | undefined> =>
    periods((await new Bench(now).get("/ecowatt/forecast", { days: 7 })).data).at(-1);
  // Thursday the 19th: J+3 is Sunday the 22nd, whose midnight is 23:00 UTC on the 21st.
  assert.equal(await known("2026-11-19T15:59:59Z"), "2026-11-20T23:00:00");
  assert.equal(await known("2026-11-19T16:00:00Z"), "2026-11-21T23:00:00");
  assert.equal(await known("2026-11-20T11:14:59Z"), "2026-11-21T23:00:00");
  assert.equal(await known("2026-11-20T11:15:00Z"), "2026-11-22T23:00:00");
});

const tense = (): number[] => [0, 0, 1, 1, 1, 1, 1, 1, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1];

test("J+3 is first filled green, and tells its levels a day later", async () => {
  const options = { ecowatt: { valuesOf: (date: string) => (date === "2026-11-24" ? tense() : undefined) } };
  const levelOf = async (now: string): Promise<unknown> => {
    const answer = await new Bench(now, [plainPoint()], options).get("/ecowatt/history", {
      start_date: "2026-11-23",
      end_date: "2026-11-24",
    });
    return field(list(answer.body)[0], "dvalue");
  };
  assert.equal(await levelOf("2026-11-21T17:00:00Z"), 1);
  assert.equal(await levelOf("2026-11-22T17:00:00Z"), 3);
});

test("a tense day speaks again in the morning, of 17 hours only: the others are 0", async () => {
  const bench = new Bench("2026-11-24T08:00:00Z", [plainPoint()], { ecowatt: { valuesOf: tense } });
  const signal = async (): Promise<unknown> =>
    list((await bench.get("/ecowatt/history", { start_date: "2026-11-23", end_date: "2026-11-24" })).body)[0];
  const morning = await signal();
  assert.deepEqual([field(morning, "hdebut"), field(morning, "hfin")], [7, 23]);
  assert.deepEqual(list(field(morning, "values")).slice(0, 9), [0, 0, 0, 0, 0, 0, 0, 1, 3]);
  assert.equal(list(field(morning, "values")).length, 24);
  bench.at("2026-11-24T16:00:00Z");
  assert.deepEqual([field(await signal(), "hdebut"), field(await signal(), "dvalue")], [0, 3]);
});

test("more than 365 days are HTTP 400, and both dates are compulsory", async () => {
  const bench = new Bench(friday);
  const long = await bench.get("/ecowatt/history", { start_date: "2025-11-19", end_date: "2026-11-20" });
  assert.deepEqual([long.status, long.body], [400, { detail: "Date range cannot exceed 365 days" }]);
  assert.equal((await bench.get("/ecowatt/history", { start_date: "2025-11-20", end_date: "2026-11-20" })).status, 200);
  assert.equal((await bench.get("/ecowatt/history", { start_date: "2026-11-19" })).status, 422);
  assert.equal((await bench.get("/ecowatt/forecast", { days: 8 })).status, 422);
});

test("an invented year has orange or red days, all in cold months, and decarbonised nights", async () => {
  const answer = await new Bench("2026-11-20T17:00:00Z").get("/ecowatt/history", {
    start_date: "2025-11-20",
    end_date: "2026-11-20",
  });
  const tenseDays = list(answer.body).filter((signal) => Number(field(signal, "dvalue")) > 1);
  assert.ok(tenseDays.length >= 1 && tenseDays.length <= 40, `${tenseDays.length} tense days`);
  for (const signal of tenseDays) assert.match(text(field(signal, "periode")), /-(11|12|01|02|03)-/);
  assert.ok(list(answer.body).some((signal) => list(field(signal, "values")).includes(0)));
});
