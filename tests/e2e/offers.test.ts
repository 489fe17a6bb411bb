import assert from "node:assert/strict";
import { test } from "node:test";
import { prices } from "../../src/cli/prices.ts";
import { localDate } from "../../src/domain/calendar.ts";
import { energyPrice } from "../../src/domain/tariff/price.ts";
import { priceOf } from "../../src/domain/tariff/price-book.ts";
import { offPeakHome } from "../../src/simulator/homes.ts";
import { OfferShelf } from "../../src/simulator/offers.ts";
import { loadPriceBook } from "../../src/sync/prices/book.ts";
import { loadPointPlan } from "../../src/sync/prices/selected-offer.ts";
import { type HomeRun, housePoint } from "../support/home-run.ts";
import { assertNothingTold, assertTold, at, codesOf, run, startHome } from "../support/scenario.ts";

/** Of the simulated shelf: 0.2149 EUR by day, 0.1588 by night (22:30-06:30), 9 kVA, since 2025-03-01. */
const nightId = new OfferShelf().idOf({ name: "Bocage Nuit", type: "HC_HP", validFrom: "2025-03-01" });

/** A house that chose that offer in its account, on a Saturday at 11:00 in Paris. */
function startHouse(t: Parameters<typeof startHome>[0], selectedOfferId: string | null = nightId): Promise<HomeRun> {
  const house = offPeakHome({ usagePointId: housePoint, seed: 7, activationDate: "2026-10-20" });
  return startHome(t, { points: [{ ...house, listed: { ...house.listed, selectedOfferId } }] });
}

async function pointOf(home: HomeRun) {
  const [point] = await home.store.loadUsagePoints("cli_test");
  assert.ok(point);
  return point;
}

/** Price of the peak hours on a day, with who says it. */
async function peakOn(home: HomeRun, date: string): Promise<readonly (number | string | undefined)[]> {
  const book = await loadPriceBook(home.store, await pointOf(home), []);
  const quoted = priceOf(book, localDate(date), "HC_HP", "hp");
  return [quoted?.price, quoted?.source.kind];
}

const ofOffer = [214_900, "selected_offer"];
const offersAsked = (home: HomeRun) =>
  home.gateway.control.calls.filter(({ path }) => path.startsWith("/energy/offers")).length;

async function versionsOf(home: HomeRun): Promise<number> {
  return (await home.store.loadOffers()).length;
}

test("the selected offer prices the days from its beginning on, and its own hours are the plan's", async (t) => {
  const home = await startHouse(t);
  await run(home, "2026-11-21T21:00:00Z");
  assert.deepEqual(await peakOn(home, "2026-11-20"), ofOffer);
  assert.equal((await peakOn(home, "2025-02-28"))[1], "regulated");
  const { history } = await loadPointPlan(home.store, await pointOf(home), []);
  // 22:30 is 1350, 06:30 is 390 minutes after midnight; the meter's own windows are 01:34-07:34 and 12:56-14:56.
  assert.deepEqual(history[0]?.plan.offPeak?.days[0], [
    { from: 0, to: 390 },
    { from: 1350, to: 1440 },
  ]);
  assert.equal(offersAsked(home), 1);
  await assertNothingTold(home);
});

test("without a selected offer nothing but the regulated tariff holds, though all offers are kept", async (t) => {
  const home = await startHouse(t, null);
  await run(home, "2026-11-21T21:00:00Z");
  assert.equal((await peakOn(home, "2026-11-20"))[1], "regulated");
  assert.ok((await versionsOf(home)) > 20);
});

test("another day with the same offers asks once and writes none of them", async (t) => {
  const home = await startHouse(t);
  await run(home, "2026-11-21T21:00:00Z");
  const before = await home.database
    .sql`select ctid, xmin::text, offer_id from offer_version order by offer_id, version`;
  await run(home, "2026-11-22T21:00:00Z");
  assert.equal(offersAsked(home), 2);
  const after = await home.database
    .sql`select ctid, xmin::text, offer_id from offer_version order by offer_id, version`;
  assert.deepEqual([...after], [...before]);
});

test("a price that changes holds from its day on, and the days before keep theirs", async (t) => {
  const home = await startHouse(t);
  await run(home, "2026-11-22T21:00:00Z");
  home.gateway.control.offers.reprice(nightId, { hp_price: 0.2301 }, at("2026-11-22T22:30:00Z"));
  await run(home, "2026-11-24T21:00:00Z");
  // 22:30 UTC is 23:30 on the same day in Paris: it is the 22nd that is the first.
  assert.deepEqual(await peakOn(home, "2026-11-21"), ofOffer);
  assert.deepEqual(await peakOn(home, "2026-11-22"), [230_100, "selected_offer"]);
});

test("an offer that vanishes and a mirror that comes back empty change no price and no plan", async (t) => {
  const home = await startHouse(t);
  await run(home, "2026-11-21T21:00:00Z");
  const kept = await versionsOf(home);
  const planBefore = (await loadPointPlan(home.store, await pointOf(home), [])).said;
  const same = async () => {
    assert.deepEqual(await peakOn(home, "2026-11-20"), ofOffer);
    assert.deepEqual(await peakOn(home, "2027-06-01"), ofOffer);
    assert.equal((await loadPointPlan(home.store, await pointOf(home), [])).said, planBefore);
    assert.equal(await versionsOf(home), kept);
    assert.deepEqual(codesOf(home.snapshot), []);
  };
  home.gateway.control.offers.withdraw(nightId);
  await run(home, "2026-11-22T21:00:00Z");
  await same();
  home.gateway.control.offers.setLost(true);
  // The mirror forgets which offer was chosen along with the offers.
  Object.assign(home.gateway.control.point(housePoint).listed, { selectedOfferId: null });
  await run(home, "2026-11-24T21:00:00Z");
  assert.ok(offersAsked(home) >= 4);
  await same();
  assert.equal((await pointOf(home)).selectedOfferId, nightId);
  home.gateway.control.offers.setLost(false);
  await run(home, "2026-11-25T21:00:00Z");
  await same();
});

test("an offer that comes back without any price keeps those it had", async (t) => {
  const home = await startHouse(t);
  await run(home, "2026-11-21T21:00:00Z");
  const bare = (await home.store.loadOffers()).map(({ seenAt: _, ...offer }) => ({ ...offer, prices: {} }));
  const fetchOffers = async () => ({ outcome: "data", data: bare }) as const;
  Object.assign(home.deps, { source: { ...home.deps.source, fetchOffers } });
  const kept = await versionsOf(home);
  await run(home, "2026-11-22T21:00:00Z");
  assert.deepEqual(await peakOn(home, "2026-11-20"), ofOffer);
  assert.equal(await versionsOf(home), kept);
});

test("an offer told in cents is kept, not used, told, and forgotten about once it is put right", async (t) => {
  const home = await startHouse(t);
  home.gateway.control.offers.reprice(nightId, { hp_price: 21.49 }, at("2026-11-20T10:00:00Z"));
  await run(home, "2026-11-21T21:00:00Z");
  assert.equal((await peakOn(home, "2026-11-20"))[1], "regulated");
  const kept = (await home.store.loadOfferFamily(nightId)).map(({ prices: told }) => told.hp_price);
  assert.deepEqual(kept, ["21.49000"]);
  await assertTold(home, "suspicious_price", {
    fr: /prix invraisemblables.*Bocage Nuit: hp_price 21\.49000/,
    en: /prices that cannot be right.*Bocage Nuit: hp_price 21\.49000/,
  });
  home.gateway.control.offers.reprice(nightId, { hp_price: 0.2149 }, at("2026-11-21T22:00:00Z"));
  await run(home, "2026-11-22T21:00:00Z");
  assert.deepEqual(await peakOn(home, "2026-11-20"), ofOffer);
  await assertNothingTold(home);
});

test("offers that do not come hold up no meter, and are asked again the next morning", async (t) => {
  const home = await startHouse(t);
  const silence = home.gateway.control.addFault({ route: "/energy/offers", effect: { kind: "drop", when: "before" } });
  const first = await run(home, "2026-11-21T21:00:00Z");
  assert.equal(offersAsked(home), 1);
  assert.equal(first.usagePoints[0]?.flows[0]?.yesterday?.date, "2026-11-20");
  await assertNothingTold(home);
  silence();
  await run(home, "2026-11-22T21:00:00Z");
  assert.deepEqual(await peakOn(home, "2026-11-20"), ofOffer);
});

test("the command says the calendar of prices in both languages and as JSON, and one day of it", async (t) => {
  const home = await startHouse(t);
  await run(home, "2026-11-21T21:00:00Z");
  const said = async (language: "fr" | "en", { json = false, day = "" } = {}) => {
    const lines: string[] = [];
    const tariffPlans = home.deps.plans;
    const port = { store: home.store, language, output: { line: (text: string) => void lines.push(text) } };
    const at = day === "" ? null : localDate(day);
    assert.equal(await prices({ ...port, sync: home.deps, config: { tariffPlans } }, { json, at }), 0);
    return lines.join("\n");
  };
  const french = await said("fr");
  assert.match(french, /Offre choisie dans votre compte\s: Énergie du Bocage Bocage Nuit/);
  assert.match(
    french,
    /à partir du 20\/10\/2026\s: HC_HP, 9 kVA\n {4}Heures Creuses\s: 0,1588\s€\/kWh d'après votre offre/,
  );
  assert.match(french, /Abonnement\s: 16,10\s€ par mois d'après votre offre/);
  const english = await said("en", { day: "2025-02-28" });
  assert.match(
    english,
    /from 1 Feb 2025 to 28 Feb 2025: HC_HP, 9 kVA\n {4}Off-peak: €0\.1696\/kWh by the regulated tariff/,
  );
  assert.doesNotMatch(french + english, /undefined|null|NaN/);
  const [meter] = JSON.parse(await said("fr", { json: true })).meters;
  assert.deepEqual(meter.prices[0].prices.hp, {
    eurPerKwh: energyPrice(214_900) / 1_000_000,
    source: { kind: "selected_offer", name: "Énergie du Bocage Bocage Nuit" },
    sheetFrom: "2025-03-01",
  });
  assert.deepEqual([meter.prices[0].from, meter.prices[0].to, meter.prices[0].unknown], ["2026-10-20", null, []]);
  assert.deepEqual(meter.buyback, []);
});
