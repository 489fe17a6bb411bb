import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { contributionBody } from "../../src/adapters/gateway/contribution.ts";
import { createGatewaySource } from "../../src/adapters/gateway/source.ts";
import {
  contributionAnswer,
  contributionPreviewAnswer,
  contributionsAnswer,
} from "../../src/server/api/contribution.ts";
import { silentLog } from "../../src/shared/log.ts";
import { createGateway } from "../../src/simulator/gateway.ts";
import { solarHome } from "../../src/simulator/homes.ts";
import { meter, StatisticsWorld } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, post, send, serve } from "./api.ts";
import { idleOperations } from "./operations.ts";

const account = { clientId: "cli_test", clientSecret: "secret-of-the-test" };

/** An API whose contributions go to the simulated gateway, and what that received. */
async function open(t: TestContext) {
  const world = await StatisticsWorld.open(t);
  const gateway = createGateway({
    clock: world.clock,
    accounts: [{ ...account, usagePoints: [solarHome({ usagePointId: meter, seed: 7, name: "Maison" })] }],
  });
  const received: unknown[] = [];
  let isDown = false;
  const source = createGatewaySource({
    ...account,
    baseUrl: "http://gateway.test",
    version: "0.0.0",
    log: silentLog(),
    spend: async () => true,
    clock: world.clock,
    fetch: async (input, init) => {
      if (isDown) throw new TypeError("fetch failed");
      const request = new Request(input, init);
      if (request.method === "POST") received.push(await request.clone().json());
      return gateway.fetch(request);
    },
  });
  const taker = { bodyOf: contributionBody, contribute: source.contribute };
  const { url } = await serve(t, { ...partsOf(world), operations: idleOperations({ contributions: taker }) });
  return { world, url: `${url}/api/contributions`, received, down: () => (isDown = true) };
}

const offer = {
  kind: "NEW_OFFER",
  providerId: "3f0c1d9e-0000-4000-8000-000000000001",
  offerName: "Bocage Nuit",
  plan: "HC_HP_WEEKEND",
  priceSheetUrl: "https://bocage.example/grille.pdf",
  validFrom: "2026-11-01",
  variants: [
    {
      powerKva: 6,
      eurPerMonth: 15.65,
      prices: [
        { period: "hc", eurPerKwh: 0.1579 },
        { period: "hp", eurPerKwh: 0.2065 },
        { period: "hc_weekend", eurPerKwh: 0.15 },
        { period: "hp_weekend", eurPerKwh: 0.16 },
      ],
    },
  ],
};
const sentBody = {
  contribution_type: "NEW_OFFER",
  existing_provider_id: "3f0c1d9e-0000-4000-8000-000000000001",
  offer_name: "Bocage Nuit",
  offer_type: "HC_HP",
  price_sheet_url: "https://bocage.example/grille.pdf",
  valid_from: "2026-11-01",
  power_variants: [
    {
      power_kva: 6,
      subscription_price: 15.65,
      hc_price: 0.1579,
      hp_price: 0.2065,
      hc_price_weekend: 0.15,
      hp_price_weekend: 0.16,
    },
  ],
};

test("what is previewed is what is sent, and what is kept with its receipt", async (t) => {
  const { world, url, received } = await open(t);
  const preview = contributionPreviewAnswer.parse(jsonOf(await post(`${url}/preview`, { offer })));
  assert.deepEqual(preview, { faults: [], body: sentBody });
  assert.equal(codeOf(await post(url, { offer }), 400), "not_confirmed");
  assert.deepEqual(received, []);

  const { contribution, body } = contributionAnswer.parse(jsonOf(await post(url, { offer, confirm: true })));
  assert.deepEqual([received, body], [[sentBody], sentBody]);
  assert.deepEqual([contribution.state, contribution.offerName], ["sent", "Bocage Nuit"]);
  assert.match(contribution.receipt ?? "", /^[\da-f-]{36}$/);
  const { contributions } = contributionsAnswer.parse(jsonOf(await send(url)));
  assert.deepEqual(contributions, [contribution]);
  const [row] = await world.database.sql`select body from contribution`;
  assert.deepEqual(row?.body, sentBody);
});

test("a gateway that does not answer leaves a failed contribution", async (t) => {
  const { url, down } = await open(t);
  down();
  const { contribution } = contributionAnswer.parse(jsonOf(await post(url, { offer, confirm: true })));
  assert.deepEqual([contribution.state, contribution.receipt], ["failed", null]);
  const { contributions } = contributionsAnswer.parse(jsonOf(await send(url)));
  assert.equal(contributions.length, 1);
});

test("a form at fault is told so, fault by fault, and nothing of it is sent", async (t) => {
  const { url, received } = await open(t);
  const faultsOf = async (changes: object) => {
    const { faults, body } = contributionPreviewAnswer.parse(
      jsonOf(await post(`${url}/preview`, { offer: { ...offer, ...changes } })),
    );
    assert.equal(body, null);
    assert.equal(codeOf(await post(url, { offer: { ...offer, ...changes }, confirm: true }), 400), "invalid_offer");
    return faults.map(({ fr }) => fr);
  };
  const [variant] = offer.variants;
  assert.ok(variant);
  assert.match((await faultsOf({ providerId: undefined })).join(), /fournisseur dans la liste/);
  assert.match((await faultsOf({ kind: "NEW_PROVIDER" })).join(), /nom du fournisseur/);
  assert.match((await faultsOf({ kind: "UPDATE_OFFER" })).join(), /l'offre à corriger/);
  assert.match((await faultsOf({ plan: "MYSTERY" })).join(), /MYSTERY/);
  assert.match((await faultsOf({ plan: "TEMPO" })).join(), /il manque le prix de blue_hc.*pas de période hc/s);
  assert.match((await faultsOf({ variants: [variant, variant] })).join(), /6 kVA est donné deux fois/);
  const cents = { ...variant, prices: variant.prices.map((price) => ({ ...price, eurPerKwh: 15.79 })) };
  assert.match((await faultsOf({ variants: [cents] })).join(), /centimes/);
  assert.match((await faultsOf({ variants: [{ ...variant, eurPerMonth: 187 }] })).join(), /pour un an/);
  assert.deepEqual(received, []);
});

test("nothing that names the household can be sent", async (t) => {
  const { url, received } = await open(t);
  for (const changes of [
    { description: `PDL ${meter}` },
    { description: "PDL 12 345 678 901 234" },
    { offerName: "Offre de jean.dupont@example.org" },
    { priceSheetUrl: "https://jean:secret@bocage.example/grille.pdf" },
  ]) {
    const sent = await post(url, { offer: { ...offer, ...changes }, confirm: true });
    assert.equal(codeOf(sent, 400), "invalid_offer");
  }
  const javascript = await post(url, { offer: { ...offer, priceSheetUrl: "javascript:alert(1)" }, confirm: true });
  assert.equal(codeOf(javascript, 400), "invalid_request");
  assert.deepEqual(received, []);
});
