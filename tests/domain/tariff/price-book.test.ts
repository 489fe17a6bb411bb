import assert from "node:assert/strict";
import { test } from "node:test";
import { daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import { type PlanHistory, type PlanKind, unsplitPlan } from "../../../src/domain/tariff/plan.ts";
import {
  type BuybackPrice,
  type DatedPrices,
  energyPrice,
  microEur,
  type PriceSourceKind,
} from "../../../src/domain/tariff/price.ts";
import {
  bookDescribed,
  bookOn,
  buybackOn,
  daysBoughtOtherwise,
  daysPricedOtherwise,
  describeBook,
  energyPricesIn,
  type PriceBook,
  powerOn,
  priceOf,
  pricesOn,
  sourcesOf,
  standingOn,
} from "../../../src/domain/tariff/price-book.ts";

const day = localDate;

interface Said {
  readonly by: PriceSourceKind;
  readonly from?: string;
  readonly to?: string;
  readonly kind?: PlanKind;
  readonly kva?: number;
  readonly hc?: number;
  readonly hp?: number;
  readonly standing?: number;
}

const row = ({ by, from, to, kind, kva, hc, hp, standing }: Said): DatedPrices => ({
  from: from === undefined ? null : day(from),
  to: to === undefined ? null : day(to),
  kind: kind ?? "HC_HP",
  powerKva: kva ?? null,
  energy: {
    ...(hc === undefined ? {} : { hc: energyPrice(hc) }),
    ...(hp === undefined ? {} : { hp: energyPrice(hp) }),
  },
  standing: standing === undefined ? null : microEur(standing),
  source: { kind: by, name: `the ${by}` },
});
const book = (...said: Said[]): PriceBook => ({
  prices: said.map(row),
  buyback: [],
  powers: [{ from: null, kva: 9 }],
});
const energyOn = (of: PriceBook, date: string) => pricesOn(of, day(date), "HC_HP")?.energy;

test("the user's word goes before the chosen offer, the seen one and the regulated tariff, whatever the order", () => {
  const all: Said[] = [
    { by: "regulated", hc: 4 },
    { by: "seen_offer", hc: 3 },
    { by: "user", hc: 1 },
    { by: "selected_offer", hc: 2 },
  ];
  for (const [without, expected] of [
    [[], 1],
    [["user"], 2],
    [["user", "selected_offer"], 3],
    [["user", "selected_offer", "seen_offer"], 4],
  ] as const) {
    const said = all.filter(({ by }) => !without.some((name) => name === by));
    assert.deepEqual(energyOn(book(...said), "2026-01-01"), { hc: expected });
  }
});

test("what the user leaves out the next source tells, and who says what is known", () => {
  const mixed = book(
    { by: "user", from: "2026-01-01", hc: 100 },
    { by: "selected_offer", from: "2025-01-01", hc: 200, hp: 250 },
    { by: "regulated", from: "2024-02-01", hc: 300, hp: 350, standing: 9 },
  );
  const prices = pricesOn(mixed, day("2026-01-01"), "HC_HP");
  assert.deepEqual(prices?.energy, { hc: 100, hp: 250 });
  assert.equal(prices?.standing, 9);
  assert.equal(prices?.from, "2026-01-01");
  assert.equal(prices?.source.kind, "user");
  assert.deepEqual(sourcesOf(mixed, day("2026-01-01"), "HC_HP"), {
    energy: {
      hc: { kind: "user", name: "the user" },
      hp: { kind: "selected_offer", name: "the selected_offer" },
    },
    standing: { kind: "regulated", name: "the regulated" },
  });
  assert.deepEqual(priceOf(mixed, day("2026-01-01"), "HC_HP", "hp"), {
    price: 250,
    source: { kind: "selected_offer", name: "the selected_offer" },
    from: "2025-01-01",
  });
  assert.deepEqual(standingOn(mixed, day("2025-12-31"), "HC_HP"), {
    monthly: 9,
    source: { kind: "regulated", name: "the regulated" },
  });
  assert.deepEqual(energyOn(mixed, "2025-12-31"), { hc: 200, hp: 250 });
});

test("a price of zero is a price, and hides the next source's", () => {
  const mixed = book({ by: "user", hc: 0, standing: 0 }, { by: "regulated", hc: 5, standing: 5 });
  assert.deepEqual(energyOn(mixed, "2026-01-01"), { hc: 0 });
  assert.equal(standingOn(mixed, day("2026-01-01"), "HC_HP")?.monthly, 0);
});

test("first and last day are included, and outside all rows nothing is known", () => {
  const bounded = book({ by: "user", from: "2026-01-10", to: "2026-01-20", hc: 1 });
  assert.equal(pricesOn(bounded, day("2026-01-09"), "HC_HP"), null);
  assert.deepEqual(energyOn(bounded, "2026-01-10"), { hc: 1 });
  assert.deepEqual(energyOn(bounded, "2026-01-20"), { hc: 1 });
  assert.equal(pricesOn(bounded, day("2026-01-21"), "HC_HP"), null);
  const oneDay = book({ by: "user", from: "2026-01-10", to: "2026-01-10", hc: 1 });
  assert.deepEqual(energyOn(oneDay, "2026-01-10"), { hc: 1 });
  assert.equal(pricesOn(oneDay, day("2026-01-11"), "HC_HP"), null);
  assert.equal(pricesOn(bounded, day("2026-01-15"), "BASE"), null);
  assert.equal(priceOf(bounded, day("2026-01-15"), "HC_HP", "hp"), null);
  assert.equal(standingOn(bounded, day("2026-01-15"), "HC_HP"), null);
});

test("of one source a later row takes the place of an earlier one that goes on, whole", () => {
  const followed = book({ by: "user", hc: 1, hp: 2 }, { by: "user", from: "2026-01-01", hc: 3 });
  assert.deepEqual(energyOn(followed, "2025-12-31"), { hc: 1, hp: 2 });
  assert.deepEqual(energyOn(followed, "2026-01-01"), { hc: 3 });
});

test("a row for the very power goes before one for any, and rows for others do not count", () => {
  const many = book(
    { by: "regulated", hc: 1, hp: 1 },
    { by: "regulated", kva: 9, hc: 9 },
    { by: "regulated", kva: 6, hc: 6 },
  );
  assert.deepEqual(energyOn(many, "2026-01-01"), { hc: 9, hp: 1 });
});

test("prices follow the subscribed power from the day it changes", () => {
  const grown: PriceBook = {
    ...book({ by: "regulated", kva: 6, hc: 6 }, { by: "regulated", kva: 9, hc: 9 }),
    powers: [
      { from: null, kva: 6 },
      { from: day("2026-03-10"), kva: 9 },
    ],
  };
  assert.deepEqual(energyOn(grown, "2026-03-09"), { hc: 6 });
  assert.deepEqual(energyOn(grown, "2026-03-10"), { hc: 9 });
  assert.equal(powerOn(grown, day("2026-03-09")), 6);
});

test("while the power is not known, only what all powers pay alike is a price", () => {
  const said: Said[] = [
    { by: "regulated", kva: 6, hc: 1, hp: 2, standing: 10 },
    { by: "regulated", kva: 9, hc: 1, hp: 3, standing: 20 },
  ];
  const unknown: PriceBook = { ...book(...said), powers: [{ from: day("2026-01-02"), kva: 9 }] };
  assert.equal(powerOn(unknown, day("2026-01-01")), null);
  assert.deepEqual(energyOn(unknown, "2026-01-01"), { hc: 1 });
  assert.equal(standingOn(unknown, day("2026-01-01"), "HC_HP"), null);
  assert.deepEqual(energyOn(unknown, "2026-01-02"), { hc: 1, hp: 3 });
});

test("each day has the prices of the plan that holds on it", () => {
  const prices = energyPricesIn(book({ by: "user", hc: 1 }), [
    { from: null, plan: { kind: "BASE", offPeak: null }, origin: "contract" },
    { from: day("2026-01-02"), plan: { kind: "HC_HP", offPeak: null }, origin: "user" },
  ]);
  assert.deepEqual(prices(day("2026-01-01")), {});
  assert.deepEqual(prices(day("2026-01-02")), { hc: 1 });
});

test("where no plan is known only the user's words count: no price of a named plan, but its standing charge", () => {
  const unsplit: PlanHistory = [{ from: null, plan: unsplitPlan, origin: "user" }];
  const said = book(
    { by: "user", from: "2026-01-10", to: "2026-01-11", hc: 1, hp: 2, standing: 15 },
    { by: "regulated", kind: "BASE", standing: 16 },
  );
  const standing = (date: string) => standingOn(bookOn(said, unsplit, day(date)), day(date), "BASE")?.monthly ?? null;
  assert.deepEqual(["2026-01-09", "2026-01-10", "2026-01-11", "2026-01-12"].map(standing), [null, 15, 15, null]);
  assert.deepEqual(energyPricesIn(said, unsplit)(day("2026-01-10")), {});
  assert.equal(bookOn(said, offPeak, day("2026-01-10")), said);
});

const bought = (by: PriceSourceKind, energy: number, from: string | null = null): BuybackPrice => ({
  from: from === null ? null : day(from),
  to: null,
  energy: energyPrice(energy),
  sale: "surplus",
  source: { kind: by, name: by },
});

test("what injection earns is the first source's latest word", () => {
  const selling: PriceBook = {
    ...book(),
    buyback: [bought("regulated", 40), bought("user", 100, "2026-01-01"), bought("user", 130, "2025-01-01")],
  };
  assert.equal(buybackOn(selling, day("2024-12-31"))?.energy, 40);
  assert.equal(buybackOn(selling, day("2025-12-31"))?.energy, 130);
  assert.equal(buybackOn(selling, day("2026-01-01"))?.energy, 100);
  assert.equal(buybackOn(book(), day("2026-01-01")), null);
  const ending: PriceBook = { ...book(), buyback: [{ ...bought("user", 100), to: day("2026-01-01") }] };
  assert.equal(buybackOn(ending, day("2026-01-01"))?.energy, 100);
  assert.equal(buybackOn(ending, day("2026-01-02")), null);
  assert.deepEqual(
    daysBoughtOtherwise(daysFromTo(day("2025-12-30"), day("2026-01-02")), {
      former: { ...selling, buyback: selling.buyback.slice(0, 1) },
      current: { ...selling, buyback: [bought("regulated", 40), bought("user", 41, "2026-01-01")] },
    }),
    ["2026-01-01", "2026-01-02"],
  );
});

const offPeak: PlanHistory = [{ from: null, plan: { kind: "HC_HP", offPeak: null }, origin: "contract" }];
const january = daysFromTo(day("2026-01-01"), day("2026-01-31"));
const changedDays = (former: PriceBook, current: PriceBook) =>
  daysPricedOtherwise(january, {
    former: { book: former, history: offPeak },
    current: { book: current, history: offPeak },
  });

test("only days with another price per kWh are priced again", () => {
  const former = book({ by: "regulated", hc: 1, hp: 2, standing: 5 });
  assert.deepEqual(changedDays(former, former), []);
  assert.deepEqual(changedDays(former, book({ by: "user", hc: 1, hp: 2, standing: 7 })), []);
  const corrected = book(
    { by: "regulated", hc: 1, hp: 2 },
    { by: "user", from: "2026-01-10", to: "2026-01-11", hp: 3 },
  );
  assert.deepEqual(changedDays(former, corrected), ["2026-01-10", "2026-01-11"]);
  assert.deepEqual(changedDays(book({ by: "regulated", hc: 1, hp: 2, to: "2026-01-29" }), former), [
    "2026-01-30",
    "2026-01-31",
  ]);
});

test("days of another plan are priced again where its prices differ", () => {
  const prices = book({ by: "user", hc: 1 }, { by: "user", kind: "HC_WEEKEND", hc: 2 });
  const moved: PlanHistory = [
    ...offPeak,
    { from: day("2026-01-31"), plan: { kind: "HC_WEEKEND", offPeak: null }, origin: "user" },
  ];
  assert.deepEqual(
    daysPricedOtherwise(january, {
      former: { book: prices, history: offPeak },
      current: { book: prices, history: moved },
    }),
    ["2026-01-31"],
  );
});

test("a described book prices as the book does, without the rows of other powers", () => {
  const many = book({ by: "regulated", kva: 6, hc: 6 }, { by: "regulated", kva: 9, hc: 9 }, { by: "user", hp: 4 });
  const read = bookDescribed(describeBook(many));
  assert.deepEqual(read.prices, [many.prices[1], many.prices[2]]);
  assert.deepEqual(energyOn(read, "2026-01-01"), energyOn(many, "2026-01-01"));
  const unknown: PriceBook = { ...many, powers: [{ from: day("2026-01-02"), kva: 9 }] };
  assert.deepEqual(bookDescribed(describeBook(unknown)), unknown);
});
