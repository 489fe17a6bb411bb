import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { localDate } from "../../../src/domain/calendar.ts";
import { createLog } from "../../../src/shared/log.ts";
import type { Answer } from "../../../src/sync/source.ts";
import type { Scripted } from "./scripted-server.ts";
import { days, failure, home, never, partial, reading, secret, success, world } from "./support.ts";

const yesterday = {
  usagePoint: home,
  flow: "consumption",
  period: days("2026-11-18", "2026-11-19"),
  route: "recent",
} as const;
const oneSlot = reading([{ value: "540", date: "2026-11-18 00:00:00", interval_length: "PT30M", measure_type: "B" }]);

test("a curve is asked with the bearer, counted, and read", async (t) => {
  const { source, server, spent } = await world(t, { homepage: "https://linky.example" });
  server.script(success(oneSlot));
  const answer = await source.fetchCurve(yesterday, never);
  assert.deepEqual(answer, {
    outcome: "data",
    data: { slots: [{ start: Date.UTC(2026, 10, 17, 23, 0), minutes: 30, powerW: 540 }], ambiguousDays: [] },
  });
  const [request] = server.received;
  assert.equal(request?.method, "GET");
  assert.equal(request?.path, `/api/enedis/consumption/detail/batch/${home}`);
  assert.deepEqual(request?.query, { start: "2026-11-18", end: "2026-11-19", use_cache: "false" });
  assert.equal(request?.headers.authorization, `Bearer ${secret}`);
  assert.equal(request?.headers["user-agent"], "linky-bridge/1.2.3 (+https://linky.example)");
  assert.deepEqual(spent, ["no_cache"]);
});

test("without budget left nothing is asked", async (t) => {
  const { source, server } = await world(t, { spend: async (bucket) => bucket === "cached" });
  server.script(success({ customer: { usage_points: [] } }));
  assert.equal((await source.fetchCurve(yesterday, never)).outcome, "quota");
  assert.equal((await source.fetchEcowatt(days("2026-11-20"), never)).outcome, "quota");
  assert.equal(server.received.length, 0);
  assert.equal((await source.fetchContract(home, never)).outcome, "no_data"); // the other counter is free
  assert.equal(server.received.length, 1);
});

test("what can be read at no time yet is answered without a call and without spending", async (t) => {
  const { source, server, spent } = await world(t);
  const request = { usagePoint: home, flow: "consumption", period: days("2026-11-19") } as const;
  assert.equal((await source.fetchDaily(request, never)).outcome, "no_data");
  assert.equal((await source.fetchDetail(request, never)).outcome, "no_data");
  assert.deepEqual([server.received.length, spent.length], [0, 0]);
});

test("a period too long for its route is thrown, not asked", async (t) => {
  const { source, server } = await world(t);
  const request = { usagePoint: home, flow: "consumption", period: days("2026-11-01", "2026-11-08") } as const;
  await assert.rejects(source.fetchCurve({ ...request, route: "hole" }, never), RangeError);
  await assert.rejects(source.fetchDetail(request, never), RangeError);
  assert.equal(server.received.length, 0);
});

const token = { body: { access_token: "a-jwt-of-thirty-days", token_type: "bearer" } };
const refused = { status: 401, body: { detail: "Invalid authentication credentials" } };

test("a refused secret is exchanged for a token, once, and the token serves what follows", async (t) => {
  const { source, server, spent } = await world(t);
  server.script(refused, token, success(oneSlot));
  assert.equal((await source.fetchCurve(yesterday, never)).outcome, "data");
  const [, asked, retried] = server.received;
  assert.equal(`${asked?.method} ${asked?.path}`, "POST /api/accounts/token");
  assert.equal(asked?.headers.authorization, undefined);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(asked?.body)), {
    grant_type: "client_credentials",
    client_id: "cli_test",
    client_secret: secret,
  });
  assert.equal(retried?.headers.authorization, "Bearer a-jwt-of-thirty-days");
  assert.deepEqual(spent, ["no_cache"]);
  await source.fetchCurve(yesterday, never);
  assert.equal(server.received[3]?.headers.authorization, "Bearer a-jwt-of-thirty-days");
});

test("a token that is refused too is unauthorized, without another attempt", async (t) => {
  const { source, server } = await world(t);
  server.script(refused, token, refused);
  assert.deepEqual(await source.listUsagePoints(never), {
    outcome: "unauthorized",
    message: "HTTP 401: Invalid authentication credentials",
  });
  assert.equal(server.received.length, 3);
});

test("no token to be had is unauthorized, but a gateway that is down is not", async (t) => {
  const { source, server } = await world(t);
  const refusals = [
    { status: 401, body: { detail: "Invalid client credentials" } },
    { status: 403, body: { detail: "User account is inactive" } },
    { status: 422, body: { detail: "client_id and client_secret are required" } },
    { body: { token: "?" } },
  ];
  for (const refusal of refusals) {
    server.script(refused, refusal);
    assert.equal((await source.listUsagePoints(never)).outcome, "unauthorized");
  }
  server.script(refused, { status: 502, body: "<html></html>" });
  assert.equal((await source.listUsagePoints(never)).outcome, "unavailable");
});

test("public routes carry no credentials and never ask for a token", async (t) => {
  const { source, server } = await world(t);
  server.script({ body: { name: "MyElectricalData API", version: "1.22.0" } });
  assert.deepEqual(await source.ping(never), { outcome: "data", data: { version: "1.22.0" } });
  assert.equal(server.received[0]?.path, "/api/");
  assert.equal(server.received[0]?.headers.authorization, undefined);
  server.script(refused);
  assert.equal((await source.fetchTempo(null, never)).outcome, "unauthorized");
  assert.equal(server.received.length, 2);
});

test("one call at a time", async (t) => {
  const { source, server } = await world(t);
  let open = 0;
  let most = 0;
  server.script((response) => {
    open++;
    most = Math.max(most, open);
    setTimeout(() => {
      open--;
      response.end(JSON.stringify({ success: true, data: [], error: null }));
    }, 15);
  });
  await Promise.all([1, 2, 3].map(() => source.listUsagePoints(never)));
  assert.equal(server.received.length, 3);
  assert.equal(most, 1);
});

test("a call that waits its turn is cancelled without being made", async (t) => {
  const { source, server, spent } = await world(t);
  const stop = new Error("stopping");
  const waiting = new AbortController();
  server.script((response) => {
    waiting.abort(stop);
    response.end(JSON.stringify({ success: true, data: [], error: null }));
  });
  const first = source.listUsagePoints(never);
  await assert.rejects(source.fetchCurve(yesterday, waiting.signal), stop);
  await first;
  assert.deepEqual([server.received.length, spent.length], [1, 0]);
});

test("batches and other routes have their own time", async (t) => {
  const { source, server } = await world(t, { timeoutMs: { batch: 1000, single: 30 } });
  server.script((response) => {
    setTimeout(() => response.end(JSON.stringify({ success: true, data: oneSlot, error: null })), 80);
  });
  assert.equal((await source.fetchCurve(yesterday, never)).outcome, "data");
  const daily = await source.fetchDaily({ ...yesterday, period: days("2026-11-18") }, never);
  assert.deepEqual(daily, { outcome: "unavailable", message: "No answer within 0.03 s" });
});

test("after an answer that never came the next call is made", async (t) => {
  const { source, server } = await world(t, { timeoutMs: { single: 30 } });
  server.script(
    (response) => response.destroy(),
    () => {},
    success([]),
  );
  assert.equal((await source.listUsagePoints(never)).outcome, "unavailable");
  assert.equal((await source.listUsagePoints(never)).outcome, "unavailable");
  assert.equal((await source.listUsagePoints(never)).outcome, "data");
});

/** Each way in which a failure can be dressed, on the route where it occurs. */
const curveAnswers: readonly (readonly [string, Scripted, Answer<unknown>["outcome"]])[] = [
  ["an empty list, as of a blacklisted period", success(reading([])), "no_data"],
  [
    "before the activation, dressed as a success",
    success({ error: "ADAM-ERR0123", error_description: "x" }),
    "before_activation",
  ],
  ["no data", failure("NO_DATA", "No consumption data available for this period"), "no_data"],
  [
    "the quota",
    failure("RATE_LIMIT_EXCEEDED", "Daily rate limit exceeded (50/50). Use cache to increase limit."),
    "quota",
  ],
  ["partial data", partial(oneSlot, "Some data could not be fetched"), "data"],
  ["nothing but the quota's remark", partial(reading([]), "Rate limit exceeded. Returning cached data only."), "quota"],
  ["a page", { body: "<html>" }, "unavailable"],
  ["JSON cut short", { body: '{"success":true,"da' }, "unavailable"],
  ["an unknown shape of data", success({ readings: [] }), "rejected"],
  ["an unknown shape of a point list", success({ meter_reading: { interval_reading: {} } }), "rejected"],
  ["no data at all", success(null), "no_data"],
];
for (const [name, scripted, outcome] of curveAnswers) {
  test(`a curve answered with ${name} is ${outcome}`, async (t) => {
    const { source, server } = await world(t);
    server.script(scripted);
    const answer = await source.fetchCurve(yesterday, never);
    assert.equal(answer.outcome, outcome);
    assert.equal(server.received.length, 1);
  });
}

test("a contribution is posted as JSON, and its 201 is not believed", async (t) => {
  const { source, server } = await world(t);
  const contribution = {
    kind: "NEW_OFFER",
    offerName: "Tarif Bleu",
    offerType: "BASE",
    priceSheetUrl: "https://particulier.edf.fr/grille.pdf",
    variants: [{ powerKva: 9, subscriptionPrice: 15, prices: { base_price: 0.2 } }],
  } as const;
  server.script(
    { status: 201, body: { success: true, data: { id: "7d1e", message: "Merci" }, error: null } },
    { status: 201, body: { success: false, data: null, error: { code: "MISSING_FIELD", message: "puissance" } } },
  );
  assert.deepEqual(await source.contribute(contribution, never), {
    outcome: "data",
    data: { id: "7d1e", message: "Merci" },
  });
  assert.equal(server.received[0]?.method, "POST");
  assert.equal(JSON.parse(server.received[0]?.body ?? "").offer_name, "Tarif Bleu");
  assert.equal((await source.contribute(contribution, never)).outcome, "rejected");
});

test("the other routes reach their paths", async (t) => {
  const { source, server } = await world(t);
  const period = days("2026-11-10", "2026-11-12");
  const calls: readonly (readonly [() => Promise<Answer<unknown>>, string])[] = [
    [() => source.fetchMaxPower({ usagePoint: home, period }, never), `/api/enedis/power/${home}`],
    [
      () => source.fetchDaily({ usagePoint: home, flow: "production", period }, never),
      `/api/enedis/production/daily/${home}`,
    ],
    [
      () => source.fetchDetail({ usagePoint: home, flow: "production", period }, never),
      `/api/enedis/production/detail/${home}`,
    ],
    [() => source.fetchAddress(home, never), `/api/enedis/address/${home}`],
    [() => source.fetchUsage(never), "/api/accounts/usage-stats"],
    [() => source.fetchTempo(localDate("2026-11-10"), never), "/api/tempo/days"],
    [() => source.fetchEcowatt(period, never), "/api/ecowatt/history"],
    [() => source.listOffers({ includeHistory: true }, never), "/api/energy/offers"],
    [() => source.fetchProviders(never), "/api/energy/providers"],
    [() => source.fetchOfferTypes(never), "/api/energy/offer-types"],
  ];
  server.script(success(null));
  for (const [call] of calls) await call();
  assert.deepEqual(
    server.received.map(({ path }) => path),
    calls.map(([, path]) => path),
  );
});

test("EcoWatt's own way of saying the quota, and its bare list", async (t) => {
  const { source, server } = await world(t);
  server.script({ status: 429, body: { detail: "Rate limit exceeded: 50/50 requests today" } }, { body: [] });
  assert.equal((await source.fetchEcowatt(days("2026-11-20"), never)).outcome, "quota");
  assert.equal((await source.fetchEcowatt(days("2026-11-20"), never)).outcome, "no_data");
});

test("neither the secret, the token nor a whole usage point reaches the log or a message", async (t) => {
  let lines = "";
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines += chunk;
      done();
    },
  });
  const { source, server } = await world(t, { log: createLog({ level: "trace", format: "json" }, destination) });
  const leaky = failure("ENEDIS_ERROR", `${secret} a-jwt-of-thirty-days ${home}: oops`);
  server.script(refused, token, leaky);
  const answer = await source.fetchCurve(yesterday, never);
  assert.equal(answer.outcome === "unavailable" && answer.message, "ENEDIS_ERROR: ••• ••• …1234: oops");
  assert.match(lines, /"route":"consumption\/detail\/batch"/);
  assert.match(lines, /"usagePoint":"…1234"/);
  assert.match(lines, /"outcome":"unavailable"/);
  for (const hidden of [secret, "a-jwt-of-thirty-days", home]) assert.equal(lines.includes(hidden), false, hidden);
});

test("offers are asked with those of the past, and bear the names of their providers where these are told", async (t) => {
  const { source, server } = await world(t);
  const row = { id: "1", provider_id: "p", name: "Nuit", offer_type: "BASE", base_price: "0.19", power_kva: "9 kVA" };
  server.script(
    success([row, { ...row, id: "2", provider_id: "q", hc_schedules: ["22:00-06:00"] }]),
    success([{ id: "p", name: "EDF" }]),
  );
  const answer = await source.fetchOffers(never);
  assert.deepEqual(
    answer.outcome === "data" &&
      answer.data.map(({ providerName, powerKva, offpeakSchedules }) => [providerName, powerKva, offpeakSchedules]),
    [
      ["EDF", 9, null],
      [null, 9, null],
    ],
  );
  assert.deepEqual(
    server.received.map(({ path }) => path),
    ["/api/energy/offers", "/api/energy/providers"],
  );
  assert.deepEqual(server.received[0]?.query, { include_history: "true" });
});

test("offers come without names where the providers do not answer, and an empty list asks for no names", async (t) => {
  const { source, server } = await world(t);
  const row = { id: "1", provider_id: "p", name: "Nuit", offer_type: "BASE", base_price: "0.19" };
  server.script(success([row]), { status: 502, body: "<html>" });
  const answer = await source.fetchOffers(never);
  assert.deepEqual(answer.outcome === "data" && answer.data.map(({ providerName }) => providerName), [null]);
  const before = server.received.length;
  server.script(success([]));
  assert.deepEqual(await source.fetchOffers(never), { outcome: "data", data: [] });
  assert.equal(server.received.length, before + 1);
});
