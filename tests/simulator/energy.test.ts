import assert from "node:assert/strict";
import { test } from "node:test";
import { Bench, clientSecret, field, list, pdl, text } from "./bench.ts";
import { assertDocumented } from "./contract.ts";

const noon = "2026-11-21T11:00:00Z";

const offersOf = async (bench: Bench, query = {}): Promise<readonly unknown[]> =>
  list((await bench.get("/energy/offers", query)).data);

test("every price is a string with five digits, one row per power", async () => {
  const offers = await offersOf(new Bench(noon));
  const tempo = offers.find((offer) => field(offer, "offer_type") === "TEMPO" && field(offer, "power_kva") === 9);
  // The regulated tariff of 2026-02-01.
  assert.deepEqual(
    ["subscription_price", "tempo_blue_hc", "tempo_blue_hp", "tempo_red_hp", "base_price", "valid_to"].map((key) =>
      field(tempo, key),
    ),
    ["19.38000", "0.13250", "0.16120", "0.70600", null, null],
  );
});

test("by default only what is in force, with history what was before as well, newest first", async () => {
  const bench = new Bench(noon);
  const now = await offersOf(bench);
  assert.ok(now.every((offer) => field(offer, "valid_to") === null && field(offer, "is_active") === true));
  const all = await offersOf(bench, { include_history: true });
  assert.ok(all.length > now.length);
  const from = all.map((offer) => text(field(offer, "valid_from")));
  assert.deepEqual(from, [...from].sort().reverse());
  const closed = all.find((offer) => field(offer, "tempo_blue_hc") === "0.12320");
  assert.deepEqual([field(closed, "valid_to"), field(closed, "is_active")], ["2026-02-01T00:00:00+00:00", false]);
});

test("prices that are not known yet are not told", async () => {
  const offers = await offersOf(new Bench("2025-12-01T11:00:00Z"), { include_history: true });
  assert.ok(offers.every((offer) => text(field(offer, "valid_from")) < "2025-12"));
});

test("a withdrawn offer vanishes, from the history too", async () => {
  const bench = new Bench(noon);
  const [first] = await offersOf(bench);
  bench.gateway.control.offers.withdraw(text(field(first, "id")));
  const left = await offersOf(bench, { include_history: true });
  assert.ok(left.every((offer) => field(offer, "id") !== field(first, "id")));
});

test("offers of one supplier", async () => {
  const bench = new Bench(noon);
  const providers = list((await bench.get("/energy/providers")).data);
  const id = text(field(providers[1], "id"));
  const offers = await offersOf(bench, { provider_id: id });
  assert.ok(offers.length > 0 && offers.every((offer) => field(offer, "provider_id") === id));
});

test("seven offer types", async () => {
  const types = list((await new Bench(noon).get("/energy/offer-types")).data).map((type) => field(type, "code"));
  assert.deepEqual(types, ["BASE", "HC_HP", "TEMPO", "EJP", "SEASONAL", "HC_NUIT_WEEKEND", "WEEKEND"]);
});

const contribution = {
  offer_name: "Tarif Bleu",
  offer_type: "TEMPO",
  price_sheet_url: "https://example.org/grille.pdf",
  power_variants: [{ power_kva: 9, subscription_price: 19.38 }],
};

async function contribute(bench: Bench, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await bench.raw("/energy/contribute", {}, { method: "POST", body: JSON.stringify(body) });
  const told = { status: response.status, body: await response.json() };
  assertDocumented({ method: "POST", pattern: "/energy/contribute", status: told.status }, told.body);
  return told;
}

test("a contribution is 201, kept, and costs nothing", async () => {
  const bench = new Bench(noon);
  const told = await contribute(bench, contribution);
  assert.deepEqual([told.status, field(told.body, "success")], [201, true]);
  assert.deepEqual(
    bench.gateway.control.contributions.map(({ body }) => body),
    [contribution],
  );
  assert.equal(bench.used.no_cache, 0);
});

test("a refused contribution is 201 as well, with success false", async () => {
  const bench = new Bench(noon);
  for (const body of [
    { ...contribution, price_sheet_url: "" },
    { ...contribution, power_variants: [] },
    { ...contribution, contribution_type: "NEW_PROVIDER" },
  ]) {
    const told = await contribute(bench, body);
    assert.deepEqual(
      [told.status, field(told.body, "success"), field(told.body, "error", "code")],
      [201, false, "MISSING_FIELD"],
    );
  }
  assert.deepEqual(bench.gateway.control.contributions, []);
});

test("a contribution without a compulsory key, or not JSON, is HTTP 500", async () => {
  const { price_sheet_url: _none, ...incomplete } = contribution;
  const bench = new Bench(noon);
  assert.equal((await contribute(bench, incomplete)).status, 500);
  assert.equal((await bench.raw("/energy/contribute", {}, { method: "POST", body: "{" })).status, 500);
});

test("contributing needs credentials, reading offers does not", async () => {
  const bench = new Bench(noon);
  const anonymous = { headers: { authorization: "" } };
  assert.equal((await bench.raw("/energy/contribute", {}, { ...anonymous, method: "POST", body: "{}" })).status, 401);
  assert.equal((await bench.raw("/energy/offers", {}, anonymous)).status, 200);
  assert.equal(
    (await bench.raw(`/enedis/contract/${pdl}`, {}, { headers: { authorization: `Bearer ${clientSecret}` } })).status,
    200,
  );
});
