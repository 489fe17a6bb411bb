import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { failureOf } from "../../src/page/api/failure.ts";
import { backfillLabel } from "../../src/page/arrival/words.ts";
import { faultsOf, placeAfter, waitSentence } from "../../src/page/pages/connexion/words.ts";
import { changesOf, hopsOf, missingOf } from "../../src/page/pages/premier-pas/draft.ts";
import { pastedCredentials } from "../../src/page/pages/premier-pas/pasted.ts";
import { firstKnown, stageOf } from "../../src/page/pages/premier-pas/stage.ts";
import type { OverviewAnswer } from "../../src/server/api/overview.ts";

describe("a paste of the account's two values", () => {
  const both = { clientId: "cli_1a2b-3c", clientSecret: "Zk3_v8cQmYt0xB7d" };
  const pastes: readonly (readonly [string, string])[] = [
    ["two lines", "cli_1a2b-3c\nZk3_v8cQmYt0xB7d"],
    ["the other way round", "Zk3_v8cQmYt0xB7d cli_1a2b-3c"],
    ["named in French", "Identifiant client : cli_1a2b-3c\nSecret client : Zk3_v8cQmYt0xB7d"],
    ["environment variables", "MED_CLIENT_ID=cli_1a2b-3c\nMED_CLIENT_SECRET='Zk3_v8cQmYt0xB7d'"],
    ["an options file", 'client_id: "cli_1a2b-3c"\nclient_secret: "Zk3_v8cQmYt0xB7d"'],
    ["JSON", '{"client_id":"cli_1a2b-3c","client_secret":"Zk3_v8cQmYt0xB7d"}'],
    ["with an address", "https://www.v2.myelectricaldata.fr/api\ncli_1a2b-3c\nZk3_v8cQmYt0xB7d"],
  ];
  for (const [name, text] of pastes)
    test(`fills both fields: ${name}`, () => assert.deepEqual(pastedCredentials(text), both));

  for (const text of [
    "cli_1a2b-3c",
    "Zk3_v8cQmYt0xB7d",
    "",
    "cli_1a2b-3c et le reste d'une phrase anticonstitutionnelle",
  ])
    test(`is left to its field where it holds one value only: ${text}`, () =>
      assert.deepEqual(pastedCredentials(text), {}));
});

describe("what is sent of the first form", () => {
  test("is what was filled in, without the spaces that a copy brings along", () => {
    const draft = { client_id: " cli_1 ", client_secret: "s", mqtt_broker: "  ", homeassistant_url: "" };
    assert.deepEqual(changesOf(draft), { client_id: "cli_1", client_secret: "s" });
  });

  test("is tried hop by hop, those that were filled in", () => {
    assert.deepEqual(hopsOf({ client_id: "cli_1" }), ["gateway"]);
    assert.deepEqual(hopsOf({ mqtt_password: "x", homeassistant_url: " " }), ["gateway", "mqtt"]);
    assert.deepEqual(hopsOf({ homeassistant_token: "x" }), ["gateway", "homeassistant"]);
  });

  test("lacks nothing that the environment gives", () => {
    assert.deepEqual(Object.keys(missingOf({}, [])), ["client_id", "client_secret"]);
    assert.deepEqual(Object.keys(missingOf({ client_secret: "s" }, ["client_id"])), []);
    assert.deepEqual(Object.keys(missingOf({ client_id: " " }, ["client_secret"])), ["client_id"]);
  });
});

describe("how far the first fetch is", () => {
  const bridge: OverviewAnswer["bridge"] = {
    version: "1",
    lastAnswerAt: null,
    nextCallAt: null,
    budget: null,
    problems: [],
  };
  const flow = { flow: "consumption", latest: null, yesterday: null, yesterdayDate: "2026-11-20" } as const;
  const point: OverviewAnswer["usagePoints"][number] = {
    id: "12345678901234",
    name: null,
    available: true,
    subscribedPowerKva: null,
    flows: [{ ...flow, month: null, year: null }],
    tariff: null,
    costs: { latest: null, month: null, year: null, projection: null },
    maxPower: null,
    dataThrough: null,
    late: null,
    history: { knownDays: 0, wantedDays: 1000, remainingCalls: 9 },
    problem: null,
  };
  const previousYear = { start: "2025-11-20", end: "2025-11-20", energyWh: null };
  const latest = {
    date: "2026-11-20",
    energyWh: 0,
    quality: "complete",
    changedAt: "2026-11-21T08:00:00Z",
    previousYear,
  };
  const known = { ...point, flows: [{ ...flow, latest, month: null, year: null }] } as typeof point;
  const problem = { code: "credentials", usagePoint: null, since: "2026-11-21T08:00:00Z", fr: "Non.", en: "No." };

  test("a meter is asked for, then its first day, of which zero is one", () => {
    assert.equal(stageOf({ usagePoints: [], bridge }), "asking");
    assert.equal(stageOf({ usagePoints: [point], bridge }), "arriving");
    assert.equal(stageOf({ usagePoints: [point, known], bridge }), "there");
  });

  test("the first chart is of consumption, unless the meter has none", () => {
    const sun = { ...flow, flow: "production", latest, month: null, year: null } as const;
    const arriving = { ...point, flows: [sun, ...point.flows] } as typeof point;
    assert.equal(stageOf({ usagePoints: [arriving], bridge }), "arriving");
    const onlySun = { ...point, flows: [sun] } as typeof point;
    assert.equal(firstKnown({ usagePoints: [point, onlySun] })?.flow.flow, "production");
    assert.equal(firstKnown({ usagePoints: [] }), null);
  });

  test("a problem stands in its way, until there is something to see", () => {
    const troubled = { ...bridge, problems: [problem] };
    assert.equal(stageOf({ usagePoints: [], bridge: troubled }), "stopped");
    assert.equal(stageOf({ usagePoints: [known], bridge: troubled }), "there");
  });
});

describe("the share of the history that is here", () => {
  const label = (known: number, wanted = 5463) => backfillLabel({ known, wanted }, "fr");

  test("is a percentage, for no calendar has as many days", () => {
    // 4361 / 5463 = 79.8 %, of which 79 are full.
    assert.equal(label(4361), "Historique : 79\u202f%");
    assert.equal(backfillLabel({ known: 500, wanted: 2000 }, "en"), "History: 25%");
  });

  test("is never nothing where something came, nor all where something lacks", () => {
    assert.equal(label(0), "Historique : 0\u202f%");
    assert.equal(label(3), "Historique : moins de 1\u202f%");
    assert.equal(label(5462), "Historique : 99\u202f%");
  });
});

describe("the door", () => {
  test("a password that is chosen is long enough, twice the same, and comes with the code", () => {
    const good = { code: "7KQM-3XWP", password: "quatre mots", again: "quatre mots" };
    assert.deepEqual(faultsOf(good), {});
    assert.deepEqual(Object.keys(faultsOf({ ...good, code: " " })), ["code"]);
    assert.deepEqual(Object.keys(faultsOf({ ...good, again: "quatre" })), ["again"]);
    // Seven characters, and what differs beside it is no matter yet.
    assert.deepEqual(Object.keys(faultsOf({ ...good, password: "1234567" })), ["password"]);
  });

  test("leads back to what was asked for, and nowhere else", () => {
    assert.equal(placeAfter("#/couts?pdl=1"), "#/couts?pdl=1");
    for (const back of [undefined, "", "https://example.org", "//example.org", "#/connexion?retour=x"])
      assert.equal(placeAfter(back), "#/", back);
  });

  test("tells how long to wait, as the API's header has it", () => {
    const content = { error: { code: "too_many_attempts", fr: "Trop.", en: "Too many." } };
    assert.equal(failureOf(429, content, "8").retryAfterSeconds, 8);
    assert.equal(failureOf(401, content).retryAfterSeconds, null);
    assert.equal(failureOf(429, content, "Sat, 21 Nov 2026 08:00:00 GMT").retryAfterSeconds, null);
    assert.equal(waitSentence(8).fr, "Trop d'essais : le prochain sera possible dans 8 s.");
  });
});
