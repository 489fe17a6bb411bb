import assert from "node:assert/strict";
import { test } from "node:test";
import type { Offer } from "../../src/sync/offers.ts";
import type { OpenStore } from "./store.ts";
import { at, home, monday, tuesday, usagePoint } from "./store-builders.ts";

export const offer = (told: Partial<Offer> = {}): Offer => ({
  id: "offer-1",
  providerId: "provider-1",
  providerName: "Énergie du Bocage",
  name: "Bocage Nuit",
  offerType: "HC_HP",
  subscriptionPrice: "16.10000",
  prices: { hc_price: "0.15880", hp_price: "0.21490" },
  offpeakSchedules: { monday: "22:30-06:30" },
  powerKva: 9,
  validFrom: at("2026-02-01T00:00:00Z"),
  validTo: null,
  pricedAt: at("2026-02-03T10:00:00.123Z"),
  url: "https://bocage.example/grille.pdf",
  isActive: true,
  ...told,
});
const wednesday = at("2026-04-01T07:00:00Z");
const dear = { hc_price: "0.16880", hp_price: "0.22490" };

export function offersContract(open: OpenStore): void {
  test("an offer comes back as it was told, with the moment it was seen", async (t) => {
    const store = await open(t);
    assert.deepEqual(await store.saveOffers([offer()], monday), { written: 1 });
    assert.deepEqual(await store.loadOfferFamily("offer-1"), [{ ...offer(), seenAt: monday }]);
    const bare = offer({
      id: "offer-2",
      name: "Nue",
      providerName: null,
      subscriptionPrice: null,
      offpeakSchedules: null,
      powerKva: null,
      validFrom: null,
      pricedAt: null,
      url: null,
      isActive: false,
    });
    await store.saveOffers([bare], tuesday);
    assert.deepEqual(await store.loadOfferFamily("offer-2"), [{ ...bare, seenAt: tuesday }]);
    assert.deepEqual(await store.loadOffers(), [
      { ...offer(), seenAt: monday },
      { ...bare, seenAt: tuesday },
    ]);
  });

  test("an offer told again as it was writes nothing, also where only its page and the moment of pricing moved", async (t) => {
    const store = await open(t);
    await store.saveOffers([offer()], monday);
    const touched = offer({ pricedAt: tuesday, url: null, prices: { hp_price: "0.21490", hc_price: "0.15880" } });
    assert.deepEqual(await store.saveOffers([offer()], tuesday), { written: 0 });
    assert.deepEqual(await store.saveOffers([touched], tuesday), { written: 0 });
    assert.equal((await store.loadOffers()).length, 1);
  });

  test("a changed price stands beside the former one, and each later change beside both", async (t) => {
    const store = await open(t);
    await store.saveOffers([offer()], monday);
    assert.deepEqual(await store.saveOffers([offer({ prices: dear })], tuesday), { written: 1 });
    assert.deepEqual(await store.saveOffers([offer({ prices: dear, validTo: wednesday })], wednesday), { written: 1 });
    assert.deepEqual(await store.saveOffers([offer({ prices: dear, validTo: wednesday })], wednesday), { written: 0 });
    const versions = await store.loadOfferFamily("offer-1");
    assert.deepEqual(
      versions.map(({ seenAt, prices, validTo }) => [seenAt, prices.hp_price, validTo]),
      [
        [monday, "0.21490", null],
        [tuesday, "0.22490", null],
        [wednesday, "0.22490", wednesday],
      ],
    );
  });

  test("a price that goes back to what it was is a version of its own", async (t) => {
    const store = await open(t);
    for (const [prices, when] of [
      [offer().prices, monday],
      [dear, tuesday],
      [offer().prices, wednesday],
    ] as const)
      assert.deepEqual(await store.saveOffers([offer({ prices })], when), { written: 1 });
    assert.equal((await store.loadOfferFamily("offer-1")).length, 3);
  });

  test("nothing is removed or closed because it is not told any more", async (t) => {
    const store = await open(t);
    await store.saveOffers([offer(), offer({ id: "offer-2", name: "Autre" })], monday);
    assert.deepEqual(await store.saveOffers([], tuesday), { written: 0 });
    assert.deepEqual(await store.saveOffers([offer({ id: "offer-2", name: "Autre" })], wednesday), { written: 0 });
    assert.deepEqual(await store.loadOfferFamily("offer-1"), [{ ...offer(), seenAt: monday }]);
  });

  test("a provider's name that is not told keeps the one told before", async (t) => {
    const store = await open(t);
    await store.saveOffers([offer()], monday);
    assert.deepEqual(await store.saveOffers([offer({ providerName: null })], tuesday), { written: 0 });
    await store.saveOffers([offer({ providerName: null, prices: dear })], wednesday);
    assert.equal((await store.loadOfferFamily("offer-1")).at(-1)?.providerName, "Énergie du Bocage");
  });

  test("a family bears one name, type and power at one provider, known by its id or by its name", async (t) => {
    const store = await open(t);
    const family = [
      offer(),
      offer({ id: "offer-2", validFrom: at("2026-08-01T00:00:00Z") }),
      offer({ id: "offer-3", providerId: "entered-anew" }),
      offer({ id: "offer-4", providerName: null }),
    ];
    const strangers = [
      offer({ id: "stranger-1", name: "Bocage Jour" }),
      offer({ id: "stranger-2", offerType: "BASE" }),
      offer({ id: "stranger-3", powerKva: 6 }),
      offer({ id: "stranger-4", powerKva: null }),
      offer({ id: "stranger-5", providerId: "provider-2", providerName: "Autre" }),
    ];
    await store.saveOffers([...strangers, ...family], monday);
    const idsOf = async (id: string) => (await store.loadOfferFamily(id)).map((one) => one.id);
    assert.deepEqual(await idsOf("offer-1"), ["offer-1", "offer-2", "offer-3", "offer-4"]);
    assert.deepEqual(await idsOf("stranger-4"), ["stranger-4"]);
    assert.deepEqual(await idsOf("never seen"), []);
  });

  test("of an offer given twice in one answer the last one counts", async (t) => {
    const store = await open(t);
    assert.deepEqual(await store.saveOffers([offer(), offer({ prices: dear })], monday), { written: 1 });
    assert.deepEqual((await store.loadOfferFamily("offer-1"))[0]?.prices, dear);
  });

  test("the selected offer is kept when the list tells none, and replaced when it tells another", async (t) => {
    const store = await open(t);
    const selectedAfter = async (selectedOfferId: string | null) => {
      await store.saveUsagePoints("account", [usagePoint(home, { selectedOfferId })], monday);
      return (await store.loadUsagePoints("account"))[0]?.selectedOfferId;
    };
    assert.equal(await selectedAfter(null), null);
    assert.equal(await selectedAfter("offer-1"), "offer-1");
    assert.equal(await selectedAfter(null), "offer-1");
    assert.equal(await selectedAfter("offer-2"), "offer-2");
  });
}
