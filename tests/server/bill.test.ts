import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { slotsOn } from "../contracts/store-builders.ts";
import { dates, meter, StatisticsWorld } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, post, send, serve } from "./api.ts";

/** The API over a house at 600 W from 1 to 14 November 2026: HC/HP on 6 kVA, on 21 November. */
async function open(t: TestContext): Promise<string> {
  const point = { pricingOption: "HC_HP", offpeakHours: "HC (22H00-6H00)", subscribedPowerKva: 6 };
  const world = await StatisticsWorld.open(t, { point });
  await world.ingest(dates("2026-11-01", "2026-11-14").flatMap((date) => slotsOn(date, 600)));
  return (await serve(t, partsOf(world))).url;
}

test("the bill of days as JSON and as CSV", async (t) => {
  const url = `${await open(t)}/api/bill/${meter}?start=2026-11-01&end=2026-11-02`;
  const { lines, ...bill } = jsonOf(await send(url));
  const source = { kind: "regulated", name: "EDF Tarif Bleu 2026-02-01" };
  const part = { source, pricesFrom: "2026-02-01", firstDay: "2026-11-01", lastDay: "2026-11-02" };
  assert.deepEqual(lines, [
    {
      period: "hc",
      // 2 days × 8 h × 0.6 kWh × 0.1579
      energyWh: 9_600,
      unpricedWh: 0,
      eur: 1.51584,
      parts: [{ eurPerKwh: 0.1579, ...part, energyWh: 9_600, eur: 1.51584 }],
    },
    {
      period: "hp",
      // 2 days × 16 h × 0.6 kWh × 0.2065
      energyWh: 19_200,
      unpricedWh: 0,
      eur: 3.9648,
      parts: [{ eurPerKwh: 0.2065, ...part, energyWh: 19_200, eur: 3.9648 }],
    },
  ]);
  // 2 of 30 days at 15.65
  const { energyEur, standingEur, totalEur, isWhole } = bill;
  assert.deepEqual([energyEur, standingEur, totalEur, isWhole], [5.48064, 1.043333, 6.523973, true]);
  const csv = await send(`${url}&format=csv`);
  assert.equal(csv.headers["content-type"], "text/csv; charset=utf-8");
  assert.equal(csv.headers["content-disposition"], `attachment; filename="bill_${meter}_2026-11-01_2026-11-02.csv"`);
  assert.deepEqual(csv.text.split("\r\n"), [
    "line,first_day,last_day,energy_wh,eur_per_kwh,eur,price_source,eur_per_month",
    "hc,2026-11-01,2026-11-02,9600,0.1579,1.51584,EDF Tarif Bleu 2026-02-01,",
    "hp,2026-11-01,2026-11-02,19200,0.2065,3.9648,EDF Tarif Bleu 2026-02-01,",
    "standing,2026-11-01,2026-11-02,,,1.043333,EDF Tarif Bleu 2026-02-01,15.65",
    "total,2026-11-01,2026-11-02,28800,,6.523973,,",
    "",
  ]);
});

test("without days it is the month of today up to its last known day", async (t) => {
  const url = `${await open(t)}/api/bill/${meter}`;
  const { period, from, to, wholeTo, projection, contractYear } = jsonOf(await send(url));
  assert.deepEqual([period, from, to, wholeTo], ["2026-11", "2026-11-01", "2026-11-14", "2026-11-30"]);
  assert.deepEqual([projection === null, contractYear === null], [false, false]);
  const march = jsonOf(await send(`${url}?year=2026`));
  assert.deepEqual([march.projection, march.contractYear], [null, null]);
  const { invoice } = jsonOf(await send(`${url}?start=2026-11-01&end=2026-11-02&invoice=6,52`));
  assert.deepEqual(invoice, { invoicedEur: 6.52, differenceEur: -0.003973, differencePercent: -0.1, reasons: [] });
});

test("the tariff of a day: plan, stretches, prices, whose word each is", async (t) => {
  const url = `${await open(t)}/api/tariff/${meter}`;
  const { stretches, ...rest } = jsonOf(await send(`${url}?date=2026-11-10`));
  const source = { kind: "regulated", name: "EDF Tarif Bleu 2026-02-01" };
  assert.deepEqual(rest, {
    usagePoint: meter,
    date: "2026-11-10",
    plan: { plan: "HC_HP", offpeakHours: "22:00-06:00", from: null, origin: "contract" },
    planDoubts: [],
    powerKva: 6,
    tempo: null,
    standing: { eurPerMonth: 15.65, source },
  });
  const [hc, hp] = [0.1579, 0.2065].map((eurPerKwh) => ({ eurPerKwh, source, pricesFrom: "2026-02-01" }));
  assert.deepEqual(stretches, [
    { start: "2026-11-09T23:00:00.000Z", end: "2026-11-10T05:00:00.000Z", period: "hc", price: hc },
    { start: "2026-11-10T05:00:00.000Z", end: "2026-11-10T21:00:00.000Z", period: "hp", price: hp },
    { start: "2026-11-10T21:00:00.000Z", end: "2026-11-10T23:00:00.000Z", period: "hc", price: hc },
  ]);
  assert.equal(jsonOf(await send(url)).date, "2026-11-21");
});

test("an hour explained, and plans compared", async (t) => {
  const url = await open(t);
  const { parts, start, isPast, dayQuality } = jsonOf(await send(`${url}/api/explain/${meter}?at=2026-11-10T22:30`));
  assert.deepEqual([start, isPast, dayQuality], ["2026-11-10T21:00:00.000Z", true, "complete"]);
  const [part] = Array.isArray(parts) ? parts : [];
  // 0.6 kWh × 0.1579
  assert.deepEqual(
    [part.period, part.energyWh, part.isEstimated, part.eur, part.missing],
    ["hc", 600, false, 0.09474, null],
  );
  const { ranking, days, whatIf } = jsonOf(
    await send(`${url}/api/compare/${meter}?start=2026-11-01&end=2026-11-14&what_if=01:00-11:00`),
  );
  assert.deepEqual([days, whatIf], [14, "01:00-11:00"]);
  assert.ok(Array.isArray(ranking));
  assert.deepEqual(
    ranking.map(({ origin }) => origin),
    ["what_if", "own", "regulated"],
  );
  // 14 × 2 h × 0.6 kWh × (0.1579 − 0.2065)
  assert.equal(ranking[0].differenceEur, -0.81648);
});

test("every refusal has its code, and nothing can be changed here", async (t) => {
  const url = await open(t);
  const code = async (path: string, status: number) => codeOf(await send(`${url}${path}`), status);
  assert.equal(await code("/api/bill/123", 400), "invalid_request");
  assert.equal(await code("/api/bill/00000000000000", 404), "unknown_meter");
  assert.equal(await code(`/api/bill/${meter}?month=2026-13`, 400), "invalid_month");
  assert.equal(await code(`/api/bill/${meter}?month=2025-01`, 404), "no_readings");
  assert.equal(await code(`/api/bill/${meter}?start=2026-11-01`, 400), "half_a_span");
  assert.equal(await code(`/api/bill/${meter}?start=2026-11-02&end=2026-11-01`, 400), "backwards");
  assert.equal(await code(`/api/bill/${meter}?year=2027`, 400), "in_the_future");
  assert.equal(await code(`/api/bill/${meter}?invoice=cent`, 400), "invalid_invoice");
  assert.equal(await code(`/api/bill/${meter}?format=pdf`, 400), "invalid_request");
  assert.equal(await code(`/api/bill/${meter}?mont=2026-11`, 400), "invalid_request");
  assert.equal(await code(`/api/bill/${meter}?month=2026-11&month=2026-10`, 400), "invalid_request");
  assert.equal(await code(`/api/explain/${meter}`, 400), "invalid_request");
  assert.equal(await code(`/api/explain/${meter}?at=hier`, 400), "invalid_moment");
  assert.equal(await code(`/api/explain/${meter}?at=2026-03-29T02:30`, 400), "no_such_moment");
  assert.equal(await code(`/api/tariff/${meter}?date=demain`, 400), "invalid_day");
  assert.equal(await code(`/api/compare/${meter}?what_if=la%20nuit`, 400), "invalid_windows");
  for (const path of ["bill", "explain", "tariff", "compare"])
    assert.equal(codeOf(await post(`${url}/api/${path}/${meter}`, {}), 405), "method_not_allowed");
});

test("a parameter that nobody knows is named, with those that are known", async (t) => {
  const { error } = jsonOf(await send(`${await open(t)}/api/compare/${meter}?form=2026-11-01`), 400);
  assert.deepEqual(error, {
    code: "invalid_request",
    fr: "La demande est incomplète ou incorrecte : champ inconnu form (champs connus : start, end, what_if).",
    en: "The request is incomplete or wrong: unknown field form (known fields: start, end, what_if).",
  });
});
