import assert from "node:assert/strict";
import { test } from "node:test";
import type { Refusal } from "../../src/simulator/meter.ts";
import { HomeRun, housePoint } from "../support/home-run.ts";
import {
  assertMirrors,
  assertNothingTold,
  assertTold,
  at,
  callsOn,
  countsOf,
  flowIn,
  meterOf,
  pointIn,
  run,
  startHome,
} from "../support/scenario.ts";

const refusals: readonly { refusal: Refusal; code: string; fr: RegExp; en: RegExp }[] = [
  { refusal: "consent", code: "consent", fr: /consentement Enedis .* Renouvelez-le/, en: /consent .* Renew it/ },
  { refusal: "moved_out", code: "moved_out", fr: /déménagement/, en: /moved out/ },
  { refusal: "holder", code: "holder", fr: /ne reconnaît pas le titulaire/, en: /does not recognise the holder/ },
];

for (const { refusal, code, fr, en } of refusals) {
  test(`a meter that Enedis refuses (${refusal}) says so, keeps its history, is tried once a morning, and recovers by itself`, async (t) => {
    const home = await startHome(t);
    await run(home, "2026-11-22T21:00:00Z");
    const before = await countsOf(home);
    meterOf(home).refusal = refusal;
    await run(home, "2026-11-25T21:00:00Z");
    await assertTold(home, code, { fr, en });
    const told = pointIn(home.snapshot).problem;
    assert.equal(told?.code, code);
    // Since the first morning on which it was refused, however often it is refused again.
    assert.ok(told && told.since >= at("2026-11-23T07:00:00Z") && told.since < at("2026-11-23T08:00:00Z"));
    assert.equal(flowIn(home.snapshot).latest?.date, "2026-11-21");
    assert.equal(flowIn(home.snapshot).yesterday, null);
    // The batch route hides the reason behind NO_DATA, the next one tells it: two calls at most.
    assert.ok(callsOn(home, "2026-11-25", "/enedis/").length <= 2);
    assert.deepEqual(await countsOf(home), before);

    meterOf(home).refusal = null;
    await run(home, "2026-11-26T21:00:00Z");
    await assertNothingTold(home);
    assert.equal(pointIn(home.snapshot).problem, null);
    await assertMirrors(home, { from: "2026-10-20", to: "2026-11-25" });
  });
}

test("a meter refused from the first day on is known by name, with no figure at all", async (t) => {
  const home = await startHome(t);
  meterOf(home).refusal = "consent";
  const snapshot = await run(home, "2026-11-22T21:00:00Z");
  await assertTold(home, "consent", { fr: /Renouvelez-le/, en: /Renew it/ });
  assert.equal(pointIn(snapshot).available, false);
  const { latest, yesterday, month, year, index } = flowIn(snapshot);
  assert.deepEqual(
    { latest, yesterday, month, year, index },
    { latest: null, yesterday: null, month: null, year: null, index: null },
  );
  meterOf(home).refusal = null;
  await run(home, "2026-11-23T21:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-22" });
});

test("a meter switched off in the account is no longer asked for, and its history stays; switched on, it catches up", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  const before = await countsOf(home);
  home.gateway.control.point(housePoint).isActive = false;
  await run(home, "2026-11-25T21:00:00Z");
  await assertTold(home, "inactive_meter", { fr: /désactivé/, en: /switched off/ });
  assert.equal(callsOn(home, "2026-11-25", "/enedis/").length, 0);
  assert.deepEqual(await countsOf(home), before);
  assert.equal(flowIn(home.snapshot).latest?.date, "2026-11-21");
  assert.equal(pointIn(home.snapshot).available, false);
  home.gateway.control.point(housePoint).isActive = true;
  await run(home, "2026-11-26T21:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-25" });
});

test("a meter switched off between two lists is refused at once, and recovers all the same", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T10:00:00Z");
  home.gateway.control.point(housePoint).isActive = false;
  await home.pass(home.clock.now());
  home.clock.set(at("2026-11-22T10:05:00Z"));
  await run(home, "2026-11-23T06:30:00Z");
  home.gateway.control.point(housePoint).isActive = true;
  await run(home, "2026-11-23T21:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-22" });
});

const listing = (data: unknown) => ({
  kind: "answer" as const,
  status: 200,
  contentType: "application/json",
  body: JSON.stringify({ success: true, data, error: null, timestamp: "2026-11-23T07:00:00.000001" }),
});

test("a meter that the account no longer lists keeps everything stored, and is served again when it is back", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  const before = await countsOf(home);
  const back = home.gateway.control.addFault({ route: "/pdl", effect: listing([]) });
  await run(home, "2026-11-24T21:00:00Z");
  await assertTold(home, "not_listed", { fr: /n'est plus rattaché/, en: /no longer belongs/ });
  assert.deepEqual(await countsOf(home), before);
  assert.equal(pointIn(home.snapshot).available, false);
  assert.equal(flowIn(home.snapshot).latest?.date, "2026-11-21");
  assert.equal(callsOn(home, "2026-11-24", "/enedis/").length, 0);
  back();
  await run(home, "2026-11-25T21:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-24" });
});

test("an account without any meter is told so, and a meter added to it is found within the hour", async (t) => {
  const home = await startHome(t);
  const added = home.gateway.control.addFault({ route: "/pdl", effect: listing([]) });
  await run(home, "2026-11-21T14:00:00Z");
  await assertTold(home, "no_usage_points", { fr: /n'a aucun compteur/, en: /has no meter/ });
  added();
  await run(home, "2026-11-21T15:05:00Z");
  await assertNothingTold(home);
  assert.equal(flowIn(home.snapshot).latest?.date, "2026-11-20");
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-20" });
});

test("a wrong secret is told at once and hardly repeated; corrected, the next start goes on without waiting", async (t) => {
  const wrong = await startHome(t, { clientSecret: "not-the-secret" });
  await run(wrong, "2026-11-22T10:00:00Z");
  await assertTold(wrong, "credentials", { fr: /refuse vos identifiants/, en: /refuses your credentials/ });
  assert.deepEqual(wrong.snapshot.usagePoints, []);
  // Every six hours: the list, and a token; the public Tempo route is asked as well.
  const attempts = wrong.gateway.control.calls.filter((call) => call.path === "/pdl").length;
  assert.ok(attempts <= 5, `${attempts} attempts`);

  const corrected = new HomeRun(wrong.database, { start: "", points: [], beside: wrong });
  await run(corrected, "2026-11-22T12:00:00Z");
  await assertNothingTold(corrected);
  await assertMirrors(corrected, { from: "2026-10-20", to: "2026-11-21" });
});

test("a secret that was regenerated keeps all that is stored, and the new one catches up", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  const before = await countsOf(home);
  home.gateway.control.regenerateSecret("cli_test", "the-new-secret");
  await run(home, "2026-11-24T21:00:00Z");
  await assertTold(home, "credentials", { fr: /client_secret/, en: /client_secret/ });
  assert.deepEqual(await countsOf(home), before);
  assert.equal(flowIn(home.snapshot).latest?.date, "2026-11-21");
  const renewed = new HomeRun(home.database, { start: "", points: [], beside: home, clientSecret: "the-new-secret" });
  await run(renewed, "2026-11-24T22:00:00Z");
  await assertNothingTold(renewed);
  await assertMirrors(renewed, { from: "2026-10-20", to: "2026-11-23" });
});

test("a disabled account (403) is a matter of credentials, and is tried again by itself", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  home.gateway.control.account("cli_test").active = false;
  await run(home, "2026-11-23T12:00:00Z");
  await assertTold(home, "credentials", { fr: /identifiants/, en: /credentials/ });
  home.gateway.control.account("cli_test").active = true;
  await run(home, "2026-11-24T09:00:00Z");
  await assertNothingTold(home);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-23" });
});

test("a request that the gateway finds wrong is told even where no meter is known yet", async (t) => {
  const home = await startHome(t, { gateway: { allowedHosts: ["another.test"] } });
  await run(home, "2026-11-21T12:00:00Z");
  await assertTold(home, "request_rejected", { fr: /option gateway_url/, en: /option gateway_url/ });
  assert.deepEqual(home.snapshot.usagePoints, []);
});
