import assert from "node:assert/strict";
import { test } from "node:test";
import { billOf } from "../../../src/domain/bill/bill.ts";
import { boundsOf, localDate } from "../../../src/domain/calendar.ts";
import { energyPrice } from "../../../src/domain/tariff/price.ts";
import { wattMinutes } from "../../../src/domain/units.ts";
import { billCsv } from "../../../src/sync/bill/csv.ts";

const date = localDate("2026-11-10");

/** 1 kWh of base at 0.20 from an offer, and 2 kWh that wait for their period; no standing charge is known. */
const csvOf = (name: string): string[] => {
  const { start } = boundsOf(date);
  const hour = { start, estimated: false } as const;
  const bill = billOf({
    span: { from: date, to: date },
    hours: [
      { ...hour, period: "base", energy: wattMinutes(60_000) },
      { ...hour, period: null, energy: wattMinutes(120_000) },
    ],
    history: [{ from: null, plan: { kind: "BASE", offPeak: null }, origin: "user" }],
    book: {
      prices: [
        {
          from: null,
          to: null,
          kind: "BASE",
          powerKva: null,
          energy: { base: energyPrice(200_000) },
          standing: null,
          source: { kind: "selected_offer", name },
        },
      ],
      buyback: [],
      powers: [],
    },
  });
  return billCsv({ bill, standing: [], span: { kind: "days", from: date, to: date, whole: date } }).split("\r\n");
};

test("what is not known is an empty cell and never 0", () => {
  assert.deepEqual(csvOf("Volt"), [
    "line,first_day,last_day,energy_wh,eur_per_kwh,eur,price_source,eur_per_month",
    "base,2026-11-10,2026-11-10,1000,0.2,0.2,Volt,",
    "pending,2026-11-10,2026-11-10,2000,,,,",
    "standing,2026-11-10,2026-11-10,,,,,",
    "total,2026-11-10,2026-11-10,3000,,,,",
    "",
  ]);
});

test("an offer's name is neither a formula nor a broken row", () => {
  assert.match(csvOf('=HYPERLINK("x")')[1] ?? "", /,"'=HYPERLINK\(""x""\)",$/);
  assert.match(csvOf("Volt, 6 kVA")[1] ?? "", /,"Volt, 6 kVA",$/);
});
