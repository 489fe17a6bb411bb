import assert from "node:assert/strict";
import { test } from "node:test";
import { contributionBody, parseReceipt } from "../../../src/adapters/gateway/contribution.ts";
import { parseOffers, parseOfferTypes, parseProviders } from "../../../src/adapters/gateway/offers.ts";

const offer = {
  id: "9b2f0000-0000-4000-8000-000000000009",
  provider_id: "3f0c1d9e-0000-4000-8000-000000000001",
  name: "Tarif Bleu - 9 kVA",
  offer_type: "TEMPO",
  subscription_price: "19.38000",
  base_price: null,
  tempo_blue_hc: "0.13250",
  tempo_red_hp: 0.706,
  ejp_peak: "n/a",
  hc_schedules: { monday: "22:00-06:00" },
  power_kva: 9,
  valid_from: "2026-02-01T00:00:00+00:00",
  valid_to: null,
  offer_url: "https://particulier.edf.fr/grille.pdf",
  is_active: true,
  created_at: "2026-02-03T10:00:00.123456+00:00",
};

test("prices stay decimal texts, absent ones are absent", () => {
  assert.deepEqual(parseOffers([offer]), {
    outcome: "data",
    data: [
      {
        id: offer.id,
        providerId: offer.provider_id,
        providerName: null,
        name: "Tarif Bleu - 9 kVA",
        offerType: "TEMPO",
        subscriptionPrice: "19.38000",
        prices: { tempo_blue_hc: "0.13250", tempo_red_hp: "0.706" },
        offpeakSchedules: { monday: "22:00-06:00" },
        powerKva: 9,
        validFrom: Date.UTC(2026, 1, 1),
        validTo: null,
        pricedAt: null,
        url: "https://particulier.edf.fr/grille.pdf",
        isActive: true,
      },
    ],
  });
  assert.deepEqual(parseOffers(null), { outcome: "data", data: [] });
});

test("providers and offer types", () => {
  assert.deepEqual(parseProviders([{ id: "1", name: "EDF", website: null, logo_url: "x" }]), {
    outcome: "data",
    data: [{ id: "1", name: "EDF", website: null }],
  });
  const type = { code: "BASE", name: "Base", required_price_fields: ["base_price"], display_order: 1 };
  assert.deepEqual(parseOfferTypes([type]), {
    outcome: "data",
    data: [{ code: "BASE", name: "Base", requiredPriceFields: ["base_price"], optionalPriceFields: [] }],
  });
});

test("a contribution lays each variant's prices beside its power and leaves out what is not given", () => {
  const body = contributionBody({
    kind: "NEW_OFFER",
    existingProviderId: "p",
    offerName: "Tarif Bleu",
    offerType: "TEMPO",
    priceSheetUrl: "https://particulier.edf.fr/grille.pdf",
    validFrom: "2026-02-01",
    variants: [{ powerKva: 9, subscriptionPrice: 19.38, prices: { tempo_blue_hc: 0.1325 } }],
  });
  assert.deepEqual(JSON.parse(JSON.stringify(body)), {
    contribution_type: "NEW_OFFER",
    existing_provider_id: "p",
    offer_name: "Tarif Bleu",
    offer_type: "TEMPO",
    price_sheet_url: "https://particulier.edf.fr/grille.pdf",
    valid_from: "2026-02-01",
    power_variants: [{ power_kva: 9, subscription_price: 19.38, tempo_blue_hc: 0.1325 }],
  });
});

test("a receipt names the contribution", () => {
  assert.deepEqual(parseReceipt({ id: "7d1e", message: "Merci" }), {
    outcome: "data",
    data: { id: "7d1e", message: "Merci" },
  });
});
