import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  draftFromOffer,
  draftFromSpan,
  draftOf,
  emptyDraft,
  entryOf,
  withEntry,
  withoutEntry,
} from "../../../src/page/pages/couts/plan-draft.ts";
import { editionIn } from "../../../src/page/pages/couts/plan-edition.ts";
import { faultsIn, isSound, withoutPlace } from "../../../src/page/pages/couts/plan-faults.ts";

const meter = "12345678901234";
const contract = { plan: "TEMPO", offpeakHours: "HC (22H00-6H00)" } as const;

describe("an entry of the plans as a form holds it", () => {
  const entry = {
    usage_point: meter,
    from: "2026-02-01",
    plan: "HC_HP",
    offpeak_hours: "22:30-06:30",
    power_kva: 9,
    prices: "hc=0.1579 hp=0.2065",
    standing: "15.65",
  };

  test("goes into the form and comes back the same, prices in the language's own decimals", () => {
    const draft = draftOf(entry, "fr");
    assert.deepEqual(draft.prices, { hc: "0,1579", hp: "0,2065" });
    assert.equal(draft.standing, "15,65");
    assert.deepEqual(entryOf(draft, null), { ...entry, power_kva: "9" });
    assert.deepEqual(entryOf(draftOf(entry, "en"), null), { ...entry, power_kva: "9" });
  });

  test("what another plan does not have is left out when the plan is changed", () => {
    const draft = { ...draftOf(entry, "fr"), plan: "BASE" as const, prices: { hc: "0,1", base: "0,2" } };
    assert.deepEqual(entryOf(draft, null), {
      usage_point: meter,
      from: "2026-02-01",
      plan: "BASE",
      power_kva: "9",
      prices: "base=0.2",
      standing: "15.65",
    });
  });

  test("the plan in force is a beginning without its prices, which go on being followed", () => {
    const span = {
      start: "2026-02-01",
      end: null,
      origin: "contract" as const,
      plan: "HC_HP" as const,
      offpeakHours: "22:00-06:00",
      powerKva: 12,
      prices: [{ period: "hc" as const, eurPerKwh: 0.1579, source: null }],
      standing: null,
    };
    const draft = draftFromSpan(span, { usagePoint: meter, from: "2026-11-21" });
    assert.deepEqual(entryOf(draft, "HC_HP"), {
      usage_point: meter,
      from: "2026-11-21",
      plan: "HC_HP",
      offpeak_hours: "22:00-06:00",
      power_kva: "12",
    });
  });

  test("an offer brings its prices, its standing charge, and the meter's hours where it has none", () => {
    const draft = { ...emptyDraft(meter, "2026-12-01"), powerKva: "12" };
    const offer = {
      id: "x",
      providerId: "y",
      provider: "EDF",
      name: "Tarif Bleu",
      plan: "HC_HP" as const,
      offerType: "HC_HP",
      powerKva: null,
      start: null,
      end: null,
      prices: [
        { period: "hc" as const, eurPerKwh: 0.1579 },
        { period: "hp" as const, eurPerKwh: 0.2065 },
      ],
      eurPerMonth: 23.32,
      offpeakHours: null,
      suspicious: [],
      url: null,
      isSelected: false,
    };
    const made = draftFromOffer(offer, { draft, meterHours: "22:00-06:00", language: "fr" });
    assert.deepEqual(entryOf(made, "TEMPO"), {
      usage_point: meter,
      from: "2026-12-01",
      plan: "HC_HP",
      offpeak_hours: "22:00-06:00",
      power_kva: "12",
      prices: "hc=0.1579 hp=0.2065",
      standing: "23.32",
    });
  });

  test("a new entry finds its place by meter and day, a changed one leaves its former place", () => {
    const said = [{ from: "2025-01-01", plan: "BASE" }, entry];
    const next = { usage_point: meter, from: "2026-01-01", plan: "BASE" };
    assert.deepEqual(withEntry(said, next, null), [said[0], next, entry]);
    assert.deepEqual(withEntry(said, { ...entry, to: "2026-06-30" }, 1), [said[0], { ...entry, to: "2026-06-30" }]);
    assert.deepEqual(withoutEntry(said, 0), [entry]);
  });
});

describe("the form's sentences", () => {
  const sound = { ...emptyDraft(meter, "2026-11-21"), plan: "BASE" as const };
  const faultsOf = (draft: Parameters<typeof faultsIn>[0], others: Parameters<typeof faultsIn>[1]["others"] = []) =>
    faultsIn(draft, { contract, others });

  test("a form that says something readable has none", () => {
    assert.equal(isSound(faultsOf(sound)), true);
    assert.equal(isSound(faultsOf({ ...sound, prices: { base: "0,1927" }, standing: "15,65", buyback: "0" })), true);
  });

  test("each stands at its field", () => {
    const fieldsOf = (draft: Parameters<typeof faultsIn>[0]) =>
      Object.keys(faultsOf(draft)).filter((key) => key !== "prices");
    assert.deepEqual(fieldsOf({ ...emptyDraft(meter, "2026-11-21") }), ["plan"]);
    assert.deepEqual(fieldsOf({ ...sound, to: "2026-11-20" }), ["to"]);
    assert.deepEqual(fieldsOf({ ...sound, plan: "HC_HP", offpeakHours: "la nuit" }), ["offpeakHours"]);
    assert.deepEqual(fieldsOf({ ...sound, plan: "EJP", peakDays: "hier" }), ["peakDays"]);
    // A standing charge of a year.
    assert.deepEqual(fieldsOf({ ...sound, standing: "187,80" }), ["standing"]);
    assert.deepEqual(fieldsOf({ ...sound, buyback: "4" }), ["buyback"]);
  });

  test("a price in cents is asked about, and Tempo's six prices go together", () => {
    assert.match(faultsOf({ ...sound, prices: { base: "19,27" } }).prices.base?.fr ?? "", /serait-ce en centimes/);
    const tempo = faultsOf({ ...sound, plan: "TEMPO", prices: { blue_hc: "0,13" } });
    assert.deepEqual(Object.keys(tempo.prices), ["blue_hp", "white_hc", "white_hp", "red_hc", "red_hp"]);
  });

  test("hours that nobody tells have to be written, those of the contract need not", () => {
    const draft = { ...sound, plan: "HC_HP" as const };
    assert.equal(faultsOf(draft).offpeakHours, undefined);
    const untold = faultsIn(draft, { contract: { plan: null, offpeakHours: null }, others: [] });
    assert.match(untold.offpeakHours?.fr ?? "", /ne dit pas vos heures creuses/);
  });

  test("two entries about one meter and day are refused, of two meters they are not", () => {
    const other = { usage_point: meter, from: "2026-11-21", plan: "HC_HP" };
    assert.match(faultsOf(sound, [other]).from?.fr ?? "", /commence ce jour-là/);
    assert.match(
      faultsOf(sound, [{ ...other, from: "2026-01-01", to: "2026-12-31" }]).from?.fr ?? "",
      /couvre une partie/,
    );
    // One without a last day gives way to the next.
    assert.equal(isSound(faultsOf(sound, [{ ...other, from: "2026-01-01" }])), true);
    assert.equal(isSound(faultsOf(sound, [{ ...other, usage_point: "12345678905678" }])), true);
  });

  test("the number of an entry, which nobody sees here, is left out of the API's sentence", () => {
    assert.deepEqual(
      withoutPlace({ fr: "2e élément : il finit avant de commencer.", en: "2nd entry: it ends before it begins." }),
      { fr: "Il finit avant de commencer.", en: "It ends before it begins." },
    );
  });
});

test("the address tells what is done to which entry, and nothing where there is none", () => {
  assert.deepEqual(editionIn("nouvelle", 0), { kind: "new" });
  assert.deepEqual(editionIn("1", 2), { kind: "edit", position: 1 });
  assert.deepEqual(editionIn("0-fin", 1), { kind: "end", position: 0 });
  assert.deepEqual(editionIn("0-suppression", 1), { kind: "remove", position: 0 });
  for (const wrong of [undefined, "", "2", "x", "0-autre"]) assert.equal(editionIn(wrong, 2), null, wrong);
});
