import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  decimalOf,
  emptyForm,
  faultsOf,
  filledWith,
  type KnownOffer,
  type OfferForm,
  offerOf,
  providersOf,
} from "../../src/page/pages/contribuer/form.ts";
import { contributionOffer } from "../../src/server/api/contribution.ts";

const known: KnownOffer = {
  id: "offer-1",
  providerId: "provider-1",
  provider: "EDF",
  name: "Tarif Bleu",
  plan: "HC_HP",
  offerType: "HC_HP",
  powerKva: 9,
  start: null,
  end: null,
  prices: [
    { period: "hc", eurPerKwh: 0.1579 },
    { period: "hp", eurPerKwh: 0.2065 },
  ],
  eurPerMonth: 19.16,
  offpeakHours: null,
  suspicious: [],
  url: "https://exemple.fr/grille.pdf",
  isSelected: false,
};

const whole: OfferForm = {
  ...emptyForm({ plan: "BASE", power: 6 }),
  kind: "NEW_PROVIDER",
  providerName: " Volts ",
  offerName: "Classique",
  sheet: "https://exemple.fr/prix",
  variants: [{ power: "6", standing: "12,68", prices: { base: "0,1952" } }],
};

describe("an offer to propose", () => {
  test("reads decimals by comma or point, and nothing else as a number", () => {
    assert.deepEqual(["0,1952", "0.1952", " 12 ", "", "abc", "1e3", "-1", "1,2,3"].map(decimalOf), [
      0.1952,
      0.1952,
      12,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  test("an empty form tells what each field lacks", () => {
    assert.deepEqual(faultsOf(emptyForm({ plan: "HC_HP", power: 6 })), {
      providerId: "needChoice",
      offerName: "needName",
      sheet: "needAddress",
      "variants.0.standing": "needNumber",
      "variants.0.hc": "needNumber",
      "variants.0.hp": "needNumber",
    });
  });

  test("asks for the fields of its kind, and for a whole power", () => {
    assert.deepEqual(faultsOf(whole), {});
    assert.deepEqual(faultsOf({ ...whole, providerName: "V", providerWebsite: "volts" }), {
      providerName: "needName",
      providerWebsite: "needAddress",
    });
    assert.deepEqual(faultsOf({ ...whole, kind: "UPDATE_OFFER", providerId: "provider-1" }), { offerId: "needChoice" });
    for (const power of ["0", "37", "6,5", ""])
      assert.deepEqual(
        faultsOf({ ...whole, variants: [{ ...whole.variants[0], standing: "1", prices: { base: "0,2" }, power }] }),
        {
          "variants.0.power": "needPower",
        },
      );
  });

  test("a peak day may be without a price", () => {
    const prices = { winter_hc: "0,2", winter_hp: "0,2", summer_hc: "0,2", summer_hp: "0,2" };
    const seasonal: OfferForm = { ...whole, plan: "SEASONAL", variants: [{ power: "6", standing: "12", prices }] };
    assert.deepEqual(faultsOf(seasonal), {});
    assert.deepEqual(
      offerOf(seasonal).variants[0]?.prices.map(({ period }) => period),
      Object.keys(prices),
    );
  });

  test("becomes exactly what the API takes, without what was left empty", () => {
    const offer = offerOf(whole);
    assert.deepEqual(offer, {
      kind: "NEW_PROVIDER",
      providerName: "Volts",
      offerName: "Classique",
      plan: "BASE",
      priceSheetUrl: "https://exemple.fr/prix",
      variants: [{ powerKva: 6, eurPerMonth: 12.68, prices: [{ period: "base", eurPerKwh: 0.1952 }] }],
    });
    assert.deepEqual(contributionOffer.parse(offer), offer);
  });

  test("one that is to be put right begins with what is known of it", () => {
    const form = filledWith(
      { ...emptyForm({ plan: "BASE", power: 6 }), kind: "UPDATE_OFFER", providerId: "provider-1" },
      known,
    );
    assert.deepEqual(faultsOf(form), {});
    const offer = offerOf(form);
    assert.equal(offer.offerId, "offer-1");
    assert.equal(offer.plan, "HC_HP");
    assert.deepEqual(offer.variants, [{ powerKva: 9, eurPerMonth: 19.16, prices: known.prices }]);
    assert.deepEqual(contributionOffer.parse(offer), offer);
  });

  test("suppliers are listed once each, by name", () => {
    const offers = [known, { ...known, id: "offer-2" }, { ...known, providerId: "provider-2", provider: "Alterna" }];
    assert.deepEqual(providersOf(offers), [
      { id: "provider-2", name: "Alterna" },
      { id: "provider-1", name: "EDF" },
    ]);
  });
});
