import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runningText, sentSoFar } from "../../src/page/pages/exporter/running-words.ts";
import {
  connectionOf,
  destinationsSentence,
  type Export,
  energySentence,
  type FlowReview,
  lossSentence,
  type Neighbour,
  neighbourSentence,
  type Proposal,
  planOf,
  type SeriesState,
  shownSeriesName,
  spanFault,
} from "../../src/page/pages/exporter/words.ts";

const destination = (name: string, state: Export["state"]): Export => ({
  destination: name,
  name: { fr: name, en: name },
  isEnabled: state !== "off",
  state,
  address: null,
  lastSuccessAt: null,
  fedWith: [],
  problem: null,
  running: null,
});

test("a run tells how far it is, and never all of it before its end", () => {
  assert.deepEqual(runningText({ share: 0.629 }), { fr: "Envoi en cours : 62\u202f%", en: "Sending: 62%" });
  assert.equal(runningText({ share: 1 }).en, "Sending: 99%");
  assert.equal(runningText({ share: null }).fr, "Envoi en cours.");
  assert.equal(sentSoFar({ records: 12_300 }, "fr"), "12\u202f300 valeurs envoyées et relues.");
  assert.equal(sentSoFar({ records: 1 }, "en"), "1 value sent and read back.");
  assert.equal(sentSoFar({ records: 0 }, "en"), "Nothing was lacking so far.");
});

const proposal = (statisticId: string, state: Proposal["state"]): Proposal => ({
  role: "total",
  statisticId,
  name: statisticId,
  from: "2024-01-01",
  state,
  source: {
    type: "grid",
    stat_energy_from: statisticId,
    stat_energy_to: null,
    stat_cost: null,
    stat_compensation: null,
    entity_energy_price: null,
    number_energy_price: null,
    entity_energy_price_export: null,
    number_energy_price_export: null,
    cost_adjustment_day: 0,
  },
});

const neighbour = (changes: Partial<Neighbour>): Neighbour => ({
  statisticId: "sensor.linky",
  relation: "same_meter",
  overlap: "twice",
  since: "2023-05-01",
  comparison: {
    commonDays: 2,
    alikeDays: 2,
    likeness: 1,
    from: "2024-01-01",
    to: "2024-01-02",
    isSameHouse: true,
    ownWh: 14_820,
    otherWh: 14_000,
  },
  ...changes,
});

const flow = (proposals: readonly Proposal[], neighbours: readonly Neighbour[] = []): FlowReview => ({
  usagePoint: "12345678901234",
  flow: "consumption",
  proposals,
  neighbours,
});

describe("the destinations", () => {
  test("are counted among those that are set up", () => {
    const exports = [destination("mqtt", "up"), destination("homeassistant", "down"), destination("jeedom", "off")];
    assert.equal(destinationsSentence(exports, "fr"), "1 destination sur 2 à jour");
    assert.equal(destinationsSentence(exports, "en"), "1 of 2 destinations up to date");
    assert.equal(destinationsSentence([destination("mqtt", "off")], "fr"), null);
  });

  test("one that is not known yet is shown without a trial", () => {
    assert.equal(connectionOf("homeassistant"), "homeassistant");
    assert.equal(connectionOf("victoria_metrics"), null);
  });
});

describe("a series", () => {
  const series = {
    name: "Consommation 12345678901234 Bleu HC",
    usagePoint: "12345678901234",
  } as SeriesState;

  test("is called by its meter's name where it has one, whatever signs are in it", () => {
    assert.equal(shownSeriesName(series, "Maison $&"), "Consommation Maison $& Bleu HC");
    assert.equal(shownSeriesName(series, null), series.name);
  });

  test("of another tool keeps the name that it had", () => {
    assert.equal(shownSeriesName({ ...series, name: "Linky" }, "Maison"), "Linky");
  });
});

describe("a change of the Energy Dashboard", () => {
  const missing = [proposal("linky_bridge:a", "missing"), proposal("linky_bridge:b", "uncosted")];
  const twice = [proposal("linky_bridge:a", "twice")];

  test("adds what is missing and completes what is without its cost", () => {
    assert.deepEqual(planOf([flow(missing)], [], false), {
      add: ["linky_bridge:a"],
      complete: ["linky_bridge:b"],
      remove: [],
    });
  });

  test("adds nothing beside a source that counts the same, unless that is replaced or insisted upon", () => {
    const flows = [flow(twice, [neighbour({})])];
    assert.deepEqual(planOf(flows, [], false).add, []);
    assert.deepEqual(planOf(flows, ["sensor.linky"], false), {
      add: ["linky_bridge:a"],
      complete: [],
      remove: ["sensor.linky"],
    });
    assert.deepEqual(planOf(flows, [], true).add, ["linky_bridge:a"]);
  });

  test("never adds a split beside its own total, and leaves another home alone", () => {
    assert.deepEqual(planOf([flow(twice, [neighbour({ relation: "own_total" })])], [], true).add, []);
    assert.deepEqual(planOf([flow(missing, [neighbour({ overlap: "other" })])], [], false).add, ["linky_bridge:a"]);
  });

  test("is told by how much of it is there", () => {
    const some = [flow([proposal("a", "there"), proposal("b", "missing")])];
    assert.equal(energySentence(some, "fr"), "1 série sur 2 dans le tableau Énergie");
    assert.equal(energySentence([flow([proposal("a", "uncosted")])], "fr"), "Tout est dans le tableau Énergie");
  });

  test("another source is told by what was compared", () => {
    assert.equal(
      neighbourSentence(neighbour({}), "fr"),
      "Elle compte la même énergie (2 jours communs, ressemblance 100\u202f%, 14,00\u202fkWh contre 14,82\u202fkWh).",
    );
    assert.equal(neighbourSentence(neighbour({ overlap: "apart" }), "en"), "Another source, with no day in common.");
  });

  test("what would leave the dashboard with a replaced source is told", () => {
    const proposals = [proposal("a", "twice")];
    assert.equal(
      lossSentence(neighbour({}), proposals, "fr"),
      "Elle remonte au 1er mai 2023 : la remplacer retire du tableau les jours d'avant le 1er janv. 2024. Pour les garder, reprenez d'abord son historique.",
    );
    assert.equal(lossSentence(neighbour({ since: "2024-01-01" }), proposals, "fr"), null);
    assert.equal(lossSentence(neighbour({ overlap: "other" }), proposals, "fr"), null);
  });
});

describe("a file", () => {
  test("holds a span in order, of at most 366 days of half-hours", () => {
    assert.equal(spanFault({ start: "2026-01-02", end: "2026-01-01", isDetail: false }), "backwards");
    assert.equal(spanFault({ start: "", end: "2026-01-01", isDetail: false }), "noDay");
    // Both ends included: 1 January to 31 December of a leap year are 366 days.
    assert.equal(spanFault({ start: "2024-01-01", end: "2024-12-31", isDetail: true }), null);
    assert.equal(spanFault({ start: "2024-01-01", end: "2025-01-01", isDetail: true }), "tooLong");
    assert.equal(spanFault({ start: "2014-01-01", end: "2025-01-01", isDetail: false }), null);
  });
});
