import assert from "node:assert/strict";
import { test } from "node:test";
import { priceLines } from "../../src/cli/prices-lines.ts";
import { localDate } from "../../src/domain/calendar.ts";
import { energyPrice, microEur } from "../../src/domain/tariff/price.ts";
import { usagePointId } from "../../src/domain/units.ts";
import type { PriceOverview } from "../../src/sync/prices/overview.ts";

const overview = (told: Partial<PriceOverview> = {}): PriceOverview => ({
  usagePoint: usagePointId("12345678901234"),
  name: "Maison",
  offer: null,
  doubts: [],
  prices: [],
  buyback: [],
  ...told,
});
const user = { kind: "user", name: "tariff_plans" } as const;
/** French puts spaces of several kinds before signs. */
const plain = (lines: readonly string[]) => lines.map((line) => line.replaceAll(/\s/g, " "));
const both = (told: Partial<PriceOverview>) => ({
  fr: plain(priceLines([overview(told)], "fr")).slice(1),
  en: plain(priceLines([overview(told)], "en")).slice(1),
});

test("without a meter it says what to do", () => {
  assert.deepEqual(plain(priceLines([], "fr")), [
    "Aucun compteur n'est encore connu ; lancez d'abord « linky-bridge sync ».",
  ]);
  assert.deepEqual(priceLines([], "en"), ['No meter is known yet; run "linky-bridge sync" first.']);
});

test("what nobody tells is said: power, price and standing charge", () => {
  const span = {
    from: null,
    to: localDate("2023-01-31"),
    plan: "HC_HP",
    powerKva: null,
    prices: [
      { period: "hc", quoted: { price: energyPrice(150_000), source: user, from: null } },
      { period: "hp", quoted: null },
    ],
    standing: null,
  } as const;
  assert.deepEqual(both({ prices: [span] }).fr, [
    "  jusqu'au 31/01/2023 : HC_HP, puissance inconnue",
    "    Heures Creuses : 0,1500 €/kWh d'après votre réglage",
    "    Prix inconnu, donc aucun coût : Heures Pleines",
    "    Abonnement inconnu",
  ]);
  const { en } = both({
    prices: [{ ...span, powerKva: 9, standing: { monthly: microEur(19_560_000), source: user } }],
  });
  assert.equal(en[0], "  until 31 Jan 2023: HC_HP, 9 kVA");
  assert.deepEqual(en.slice(2), [
    "    Price not known, hence no cost: Peak",
    "    Standing charge: €19.56 a month by your setting",
  ]);
});

test("an offer that was chosen and never seen, and one whose prices are refused", () => {
  const { fr, en } = both({ offer: { id: "x", name: null, suspicious: [] } });
  assert.deepEqual(fr, ["  Une offre est choisie dans votre compte, mais la passerelle ne l'a pas encore donnée."]);
  assert.deepEqual(en, ["  An offer is chosen in your account, but the gateway has not told it yet."]);
  const refused = both({ offer: { id: "x", name: "Bocage Nuit", suspicious: ["hp_price 21.49", "hc_price 15.88"] } });
  assert.equal(refused.fr[1], "  Prix invraisemblables, non utilisés : hp_price 21.49, hc_price 15.88");
  assert.equal(refused.en[1], "  Prices that cannot be right, not used: hp_price 21.49, hc_price 15.88");
});

test("what is doubtful about the plan stands before the prices; a plan that nobody told is no trouble", () => {
  const { fr, en } = both({ doubts: [{ code: "unknown_windows" }, { code: "unused_prices", text: "hp, hc (BASE)" }] });
  assert.match(fr[0] ?? "", /^ {2}⚠ Les heures creuses du compteur 12345678901234 ne sont pas connues/);
  assert.match(fr[1] ?? "", /^ {2}⚠ Vos prix hp, hc \(BASE\) ne servent pas .* Nommez votre formule \(plan\)/);
  assert.match(en[1] ?? "", /^ {2}⚠ Your prices hp, hc \(BASE\) are not used for meter 12345678901234/);
  assert.deepEqual(both({ doubts: [{ code: "unknown_plan", text: null }] }).en, []);
});

test("what is injected: its price with the kind of sale, or what to do where nobody tells it", () => {
  const energy = energyPrice(126_900);
  const [from, to] = [localDate("2025-01-01"), localDate("2025-12-31")];
  const price = { from, to, energy, sale: "surplus", source: user } as const;
  const buyback = [
    { from, to, price },
    { from: localDate("2026-01-01"), to: null, price: null },
  ];
  assert.deepEqual(both({ buyback }).fr, [
    "  Rachat, du 01/01/2025 au 31/12/2025 : 0,1269 €/kWh (vente du surplus) d'après votre réglage",
    "  Rachat, à partir du 01/01/2026 : prix inconnu ; indiquez-le dans l'option tariff_plans",
  ]);
  assert.match(both({ buyback }).en[1] ?? "", /^ {2}Buy-back, from 1 Jan 2026 on: price not known; give it/);
});
