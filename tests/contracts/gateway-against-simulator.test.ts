import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createGatewaySource, type GatewaySource } from "../../src/adapters/gateway/source.ts";
import { addDays, dateAt, daysFromTo, localDate } from "../../src/domain/calendar.ts";
import { type Instant, instant, minuteMs, usagePointId } from "../../src/domain/units.ts";
import type { Flow } from "../../src/domain/usage-point.ts";
import { SteppedClock } from "../../src/shared/clock.ts";
import { silentLog } from "../../src/shared/log.ts";
import { type StepChange, type StepMinutes, sourceOfPower } from "../../src/simulator/energy-source.ts";
import { createGateway, type Gateway, type GatewayOptions } from "../../src/simulator/gateway.ts";
import { producerPoint, solarHome } from "../../src/simulator/homes.ts";
import { at, type MeterOptions } from "../../src/simulator/meter.ts";
import type { Answer, Period } from "../../src/sync/source.ts";

/** Every method of the source against the simulated gateway, whose meters tell what should have come out. */
const home = usagePointId("01234567890123");
const roof = usagePointId("22222222222222");
const clientId = "cli_contract";
const never = new AbortController().signal;
const days = (from: string, to: string = from): Period => ({ from: localDate(from), to: localDate(to) });

interface World {
  readonly source: GatewaySource;
  readonly gateway: Gateway;
  readonly clock: SteppedClock;
  readonly spent: { cached: number; no_cache: number };
}

interface Setting extends Partial<GatewayOptions> {
  readonly now?: string;
  readonly meter?: Partial<MeterOptions>;
  readonly minutes?: StepMinutes;
  readonly stepChanges?: readonly StepChange[];
}

function build({
  now = "2026-11-20T11:00:00Z",
  meter,
  minutes = 30,
  stepChanges = [],
  ...options
}: Setting = {}): World {
  const clock = new SteppedClock(instant(Date.parse(now)));
  const points = [
    solarHome({ usagePointId: home, seed: 7, minutes, stepChanges, ...(meter ? { meter } : {}) }),
    producerPoint({ usagePointId: roof, seed: 8 }),
  ];
  const account = { clientId, clientSecret: "the-secret-of-the-contract", usagePoints: points };
  const gateway = createGateway({ clock, accounts: [account], ...options });
  const spent = { cached: 0, no_cache: 0 };
  const source = createGatewaySource({
    baseUrl: "http://gateway.test/api",
    clientId,
    clientSecret: account.clientSecret,
    version: "0.0.0",
    fetch: gateway.fetch,
    log: silentLog(),
    clock,
    spend: async (bucket) => {
      spent[bucket]++;
      return true;
    },
  });
  return { source, gateway, clock, spent };
}

function dataOf<T>(answer: Answer<T>): T {
  if (answer.outcome !== "data") assert.fail(`${answer.outcome}: ${answer.message}`);
  return answer.data;
}

const told = (answer: Answer<unknown>): string =>
  answer.outcome === "refused" ? `refused/${answer.reason}` : answer.outcome;

/** What the meter itself holds of these days. */
function truth({ gateway, clock }: World, flow: Flow, { from, to }: Period, point = home) {
  return daysFromTo(from, to).flatMap((date) => gateway.control.meter(point).curveAt(flow, date, clock.now()));
}

const changes = [
  ["2025-03-30", 46],
  ["2025-10-26", 50],
  ["2026-03-29", 46],
  ["2026-10-25", 50],
] as const;

for (const [date, halfHours] of changes) {
  for (const flow of ["consumption", "production"] as const) {
    for (const route of ["recent", "history", "hole"] as const) {
      test(`${flow} of ${date} by the route "${route}": ${halfHours} half-hours, each the meter's own`, async () => {
        const day = localDate(date);
        const world = build({ now: `${addDays(day, 4)}T11:00:00Z` });
        const period = { from: addDays(day, -2), to: addDays(day, 1) };
        const curve = dataOf(await world.source.fetchCurve({ usagePoint: home, flow, period, route }, never));
        assert.deepEqual(curve.slots, truth(world, flow, period));
        assert.equal(curve.slots.filter(({ start }) => dateAt(start) === date).length, halfHours);
        assert.deepEqual(curve.ambiguousDays, []);
      });
    }
  }
}

for (const minutes of [10, 15, 60] as const) {
  test(`an autumn and a spring day at ${minutes} minutes`, async () => {
    for (const date of ["2026-03-29", "2026-10-25"]) {
      const world = build({ now: `${addDays(localDate(date), 3)}T11:00:00Z`, minutes });
      const request = { usagePoint: home, flow: "consumption", period: days(date), route: "history" } as const;
      assert.deepEqual(
        dataOf(await world.source.fetchCurve(request, never)).slots,
        truth(world, "consumption", days(date)),
      );
    }
  });
}

test("a step that changes within the day", async () => {
  const world = build({ stepChanges: [{ from: at("2026-11-17", 8 * 60), minutes: 60 }] });
  const period = days("2026-11-16", "2026-11-18");
  const request = { usagePoint: home, flow: "consumption", period, route: "recent" } as const;
  const { slots } = dataOf(await world.source.fetchCurve(request, never));
  assert.deepEqual(slots, truth(world, "consumption", period));
  assert.equal(slots.length, 48 + (16 + 16) + 24); // 16 half-hours to 08:00, then hours
});

test("two years in one call are what the meter measured", async () => {
  const world = build();
  const period = days("2024-11-21", "2026-11-18"); // 728 days
  const request = { usagePoint: home, flow: "consumption", period, route: "history" } as const;
  const { slots } = dataOf(await world.source.fetchCurve(request, never));
  assert.deepEqual(slots, truth(world, "consumption", period));
  assert.equal(slots.length, 728 * 48); // two springs and two autumns cancel out
});

test("yesterday alone is yesterday alone, in both flows", async () => {
  const world = build();
  for (const flow of ["consumption", "production"] as const) {
    const request = { usagePoint: home, flow, period: days("2026-11-19"), route: "recent" } as const;
    const { slots } = dataOf(await world.source.fetchCurve(request, never));
    assert.deepEqual(slots, truth(world, flow, days("2026-11-19")));
    assert.equal(slots.length, 48);
  }
});

test("asked again and again before publication, yesterday is not hidden and comes once published", async () => {
  const world = build({ now: "2026-11-20T06:00:00Z" });
  const week = {
    usagePoint: home,
    flow: "consumption",
    period: days("2026-11-13", "2026-11-19"),
    route: "recent",
  } as const;
  for (let i = 0; i < 3; i++) {
    const { slots } = dataOf(await world.source.fetchCurve(week, never));
    assert.equal(slots.length, 6 * 48);
  }
  assert.deepEqual(world.gateway.control.everBlacklisted(home), []);
  world.clock.set(instant(Date.parse("2026-11-20T11:00:00Z")));
  assert.equal(dataOf(await world.source.fetchCurve(week, never)).slots.length, 7 * 48);
});

test("a hole reads past the blacklist and adds nothing to it", async () => {
  const hole = { flow: "consumption", date: localDate("2026-11-10"), filledAt: at("2026-11-20", 11 * 60) } as const;
  const world = build({ now: "2026-11-20T09:00:00Z", meter: { holes: [hole] } });
  const batch = { usagePoint: home, flow: "consumption", period: days("2026-11-10"), route: "hole" } as const;
  assert.equal(told(await world.source.fetchCurve(batch, never)), "no_data");
  assert.deepEqual(world.gateway.control.everBlacklisted(home), []);
  world.clock.set(at("2026-11-20", 11 * 60));
  assert.equal(dataOf(await world.source.fetchDetail(batch, never)).slots.length, 48);
});

test("missing half-hours stay missing", async () => {
  const hole = { flow: "consumption", date: localDate("2026-11-18"), fromMinutes: 600, toMinutes: 720 } as const;
  const world = build({ meter: { holes: [hole] } });
  const request = { usagePoint: home, flow: "consumption", period: days("2026-11-18"), route: "recent" } as const;
  const { slots } = dataOf(await world.source.fetchCurve(request, never));
  assert.deepEqual(slots, truth(world, "consumption", days("2026-11-18")));
  assert.equal(slots.length, 44); // 10:00 to 12:00 is four half-hours
});

test("daily consumption ends with the day before yesterday, daily production with yesterday", async () => {
  const world = build();
  const period = days("2026-11-13", "2026-11-19");
  const expected = (flow: Flow, to: string) =>
    daysFromTo(period.from, localDate(to)).map((date) => ({
      date,
      energyWh: world.gateway.control.meter(home).dailyAt(flow, date, world.clock.now()),
    }));
  const daily = async (flow: Flow) => dataOf(await world.source.fetchDaily({ usagePoint: home, flow, period }, never));
  assert.deepEqual(await daily("consumption"), expected("consumption", "2026-11-18"));
  assert.deepEqual(await daily("production"), expected("production", "2026-11-19"));
});

test("a year of daily values at once", async () => {
  const world = build();
  const period = days("2025-11-19", "2026-11-18"); // 365 days
  const readings = dataOf(await world.source.fetchDaily({ usagePoint: home, flow: "consumption", period }, never));
  assert.equal(readings.length, 365);
});

test("peaks are the meter's, yesterday's included; in the repeated hour within an hour of it", async () => {
  const world = build();
  const period = days("2026-10-20", "2026-11-19");
  const peaks = dataOf(await world.source.fetchMaxPower({ usagePoint: home, period }, never));
  assert.equal(peaks.length, 31);
  for (const { date, at: instantOfPeak, powerVa } of peaks) {
    const peak = world.gateway.control.meter(home).peakAt(date, world.clock.now());
    assert.equal(powerVa, peak?.powerVa, date);
    const off = (peak?.at ?? 0) - instantOfPeak;
    assert.ok(off === 0 || (date === "2026-10-25" && off === 60 * minuteMs), date);
  }
});

test("usage points, contract and address", async () => {
  const { source } = build();
  const points = dataOf(await source.listUsagePoints(never));
  assert.deepEqual(points.map(({ id }) => id).sort(), [home, roof]);
  const own = points.find(({ id }) => id === home);
  assert.equal(own?.activationDate, "2018-08-31");
  assert.deepEqual([own?.hasConsumption, own?.hasProduction, own?.isActive], [true, true, true]);
  assert.deepEqual([own?.subscribedPowerKva, own?.pricingOption], [12, "TEMPO"]);
  assert.match(own?.offpeakHours ?? "", /22/);

  const contract = dataOf(await source.fetchContract(home, never));
  assert.deepEqual(
    [contract.activationDate, contract.subscribedPowerKva, contract.offpeakHours, contract.segment],
    ["2018-08-31", 12, "HC (22H00-6H00)", "C5"],
  );
  const address = dataOf(await source.fetchAddress(home, never));
  assert.deepEqual([address.city, address.postalCode], ["Saint-Martin-des-Prés", "22320"]);
});

test("what a producer does not have is told as such, and what it has is read", async () => {
  const world = build();
  const { source } = world;
  const period = days("2026-11-13", "2026-11-18");
  const asked = { usagePoint: roof, period } as const;
  const produced = await source.fetchCurve({ ...asked, flow: "production", route: "recent" }, never);
  assert.deepEqual(dataOf(produced).slots, truth(world, "production", period, roof));
  assert.equal(told(await source.fetchDaily({ ...asked, flow: "consumption" }, never)), "wrong_flow");
  assert.equal(told(await source.fetchMaxPower(asked, never)), "wrong_flow");
  assert.notEqual(told(await source.fetchContract(roof, never)), "data");
});

test("what is spent is what the gateway counts, and what it tells", async () => {
  const { source, gateway, spent } = build();
  const period = days("2026-11-13", "2026-11-18");
  for (const flow of ["consumption", "production"] as const) {
    for (const route of ["recent", "history", "hole"] as const)
      await source.fetchCurve({ usagePoint: home, flow, period, route }, never);
    await source.fetchDaily({ usagePoint: home, flow, period }, never);
  }
  await source.fetchMaxPower({ usagePoint: home, period }, never);
  await source.fetchEcowatt(days("2026-11-20", "2026-11-23"), never);
  for (let i = 0; i < 2; i++) {
    await source.fetchContract(home, never);
    await source.fetchAddress(home, never);
  }
  await source.listUsagePoints(never);
  await source.fetchTempo(null, never);
  await source.listOffers({ includeHistory: true }, never);
  await source.ping(never);
  assert.deepEqual(spent, { no_cache: 10, cached: 4 }); // 2 × (3 curves + 1 daily) + power + EcoWatt
  assert.deepEqual(gateway.control.used(clientId), spent);
  assert.deepEqual(dataOf(await source.fetchUsage(never)), {
    utcDay: "2026-11-20",
    used: 10,
    limit: 50,
    cachedUsed: 4,
    cachedLimit: 1000,
  });
});

test("a used-up counter is the quota on every route that needs it, and the other counter is free", async () => {
  const { source, gateway } = build();
  gateway.control.setUsed(clientId, { no_cache: 50 });
  const asked = { usagePoint: home, flow: "consumption", period: days("2026-11-13", "2026-11-18") } as const;
  const { usagePoint, period } = asked;
  const answers = [
    await source.fetchCurve({ ...asked, route: "recent" }, never),
    await source.fetchCurve({ ...asked, route: "hole" }, never),
    await source.fetchDaily(asked, never),
    await source.fetchMaxPower({ usagePoint, period }, never),
    await source.fetchEcowatt(days("2026-11-20"), never),
  ];
  assert.deepEqual(answers.map(told), ["quota", "quota", "quota", "quota", "quota"]);
  assert.equal(told(await source.fetchContract(home, never)), "data");
});

test("before the activation: told where the gateway tells, no data where it hides it", async () => {
  const { source } = build({ meter: { activationDate: "2026-11-10" } });
  const period = days("2026-11-08", "2026-11-14");
  const curve = (flow: Flow, route: "recent" | "hole") =>
    source.fetchCurve({ usagePoint: home, flow, period, route }, never);
  const daily = (flow: Flow) => source.fetchDaily({ usagePoint: home, flow, period }, never);
  assert.equal(told(await curve("consumption", "hole")), "before_activation");
  assert.equal(told(await curve("production", "hole")), "before_activation");
  assert.equal(told(await daily("production")), "before_activation");
  assert.equal(told(await source.fetchMaxPower({ usagePoint: home, period }, never)), "before_activation");
  assert.equal(told(await daily("consumption")), "no_data");
  const batch = dataOf(await curve("consumption", "recent")); // the gateway moves the start by itself
  assert.equal(dateAt(batch.slots[0]?.start as Instant), "2026-11-10");
  assert.equal(batch.slots.length, 5 * 48); // 10 to 14
});

for (const [refusal, outcome] of [
  ["consent", "refused/consent"],
  ["moved_out", "refused/moved_out"],
  ["holder", "refused/holder"],
] as const) {
  test(`a meter that Enedis refuses to speak of (${refusal})`, async () => {
    const { source, gateway } = build();
    gateway.control.meter(home).refusal = refusal;
    const asked = { usagePoint: home, period: days("2026-11-13", "2026-11-18") } as const;
    assert.equal(told(await source.fetchDaily({ ...asked, flow: "consumption" }, never)), outcome);
    assert.equal(told(await source.fetchDaily({ ...asked, flow: "production" }, never)), outcome);
    assert.equal(told(await source.fetchMaxPower(asked, never)), outcome);
  });
}

test("an inactive usage point is of nobody", async () => {
  const { source, gateway } = build();
  gateway.control.point(home).isActive = false;
  const period = days("2026-11-13", "2026-11-18");
  const answer = await source.fetchDaily({ usagePoint: home, flow: "consumption", period }, never);
  assert.equal(told(answer), "refused/unknown_meter");
  assert.equal(dataOf(await source.listUsagePoints(never)).find(({ id }) => id === home)?.isActive, false);
});

test("Tempo: every day from the one asked for to the last known, tomorrow unknown before 10:40", async () => {
  const { source, gateway, clock } = build({ now: "2026-11-20T09:00:00Z" }); // 10:00 in Paris
  const french = { BLUE: "BLEU", WHITE: "BLANC", RED: "ROUGE" } as const;
  const from = localDate("2026-09-01");
  const known = dataOf(await source.fetchTempo(from, never));
  const expected = daysFromTo(from, localDate("2026-11-20")).map((date) => ({
    date,
    color: french[gateway.control.tempo.dayAt(date, clock.now())?.color ?? assert.fail(date)],
  }));
  assert.deepEqual(
    known.map(({ date, color }) => ({ date, color })),
    expected,
  );
  clock.set(instant(Date.parse("2026-11-20T10:00:00Z"))); // 11:00 in Paris
  const later = dataOf(await source.fetchTempo(from, never));
  assert.equal(later.at(-1)?.date, "2026-11-21");
  // Published at 10:40, dated by RTE at 10:20 in Paris.
  assert.equal(later.at(-1)?.announcedAt, Date.parse("2026-11-20T09:20:00Z"));
  assert.equal(dataOf(await source.fetchTempo(null, never))[0]?.date, "2016-11-20");
});

test("EcoWatt: today to three days ahead, each under its own Paris day, in winter and in summer", async () => {
  for (const today of ["2026-01-15", "2026-07-15"]) {
    const date = localDate(today);
    const values = (of: string): number[] => Array.from({ length: 24 }, (_, hour) => (Number(of.slice(-2)) + hour) % 4);
    const { source } = build({ now: `${today}T19:00:00Z`, ecowatt: { valuesOf: values } });
    const signals = dataOf(await source.fetchEcowatt({ from: date, to: addDays(date, 3) }, never));
    assert.deepEqual(
      signals.map((signal) => signal.date),
      daysFromTo(date, addDays(date, 3)),
    );
    for (const signal of signals.slice(0, 3))
      for (const { hour, level, decarbonised } of signal.hours)
        assert.equal(decarbonised ? 0 : level, values(signal.date)[hour], `${signal.date} ${hour} h`);
    // Three days ahead everything is green at first, whatever comes of it.
    assert.ok(signals[3]?.hours.every(({ level }) => level === 1));
    assert.equal(signals.at(-1)?.hours.length, 24);
  }
});

test("offers, providers, offer types, and a contribution", async () => {
  const { source, gateway } = build();
  const now = dataOf(await source.listOffers({ includeHistory: false }, never));
  const all = dataOf(await source.listOffers({ includeHistory: true }, never));
  assert.ok(now.length > 0 && all.length > now.length);
  const tempo = now.find(({ offerType, powerKva }) => offerType === "TEMPO" && powerKva === 9);
  assert.match(tempo?.prices.tempo_red_hp ?? "", /^0\.\d+$/);
  const providers = dataOf(await source.fetchProviders(never));
  assert.ok(providers.some(({ id }) => id === tempo?.providerId));
  assert.equal(dataOf(await source.fetchOfferTypes(never)).length, 7);

  const contribution = {
    kind: "NEW_OFFER",
    existingProviderId: providers[0]?.id ?? "",
    offerName: "Essai",
    offerType: "BASE",
    priceSheetUrl: "https://fournisseur.example/grille.pdf",
    variants: [{ powerKva: 6, subscriptionPrice: 15, prices: { base_price: 0.19 } }],
  } as const;
  assert.notEqual(dataOf(await source.contribute(contribution, never)).id, "");
  assert.equal(gateway.control.contributions.length, 1);
  assert.equal(told(await source.contribute({ ...contribution, variants: [] }, never)), "rejected");
});

test("the release is the root's, not the one that /ping names for ever", async () => {
  assert.deepEqual(dataOf(await build().source.ping(never)), { version: "1.22.0" });
});

const yesterday = {
  usagePoint: home,
  flow: "consumption",
  period: days("2026-11-18", "2026-11-19"),
  route: "recent",
} as const;

for (const effect of [
  { kind: "html", status: 502 },
  { kind: "drop", when: "before" },
  { kind: "drop", when: "after" },
  { kind: "broken_json" },
  { kind: "server_error" },
  { kind: "enedis_unavailable" },
] as const) {
  test(`a gateway at fault (${JSON.stringify(effect)}) is unavailable, and the next call is answered`, async () => {
    const { source, gateway } = build();
    gateway.control.addFault({ route: "/enedis/", times: 1, effect });
    assert.equal(told(await source.fetchCurve(yesterday, never)), "unavailable");
    assert.equal(told(await source.fetchCurve(yesterday, never)), "data");
  });
}

test("a call refused once for its credentials is made with a token", async () => {
  const { source, gateway } = build();
  gateway.control.addFault({ route: "/enedis/", times: 1, effect: { kind: "unauthorized" } });
  assert.equal(told(await source.fetchCurve(yesterday, never)), "data");
  assert.ok(gateway.control.calls.some(({ path }) => path === "/accounts/token"));
});

test("a secret that is no longer the account's is unauthorized", async () => {
  const { source, gateway } = build();
  gateway.control.account(clientId).clientSecret = "another-secret";
  assert.equal(told(await source.listUsagePoints(never)), "unauthorized");
  assert.equal(told(await source.fetchTempo(null, never)), "data");
});

test("the same over a real connection, and slowly", async (t: TestContext) => {
  const { gateway, clock } = build();
  const listening = await gateway.listen({ port: 0 });
  t.after(() => listening.close());
  const source = createGatewaySource({
    baseUrl: `${listening.url}/api`,
    clientId,
    clientSecret: "the-secret-of-the-contract",
    version: "0.0.0",
    log: silentLog(),
    clock,
    spend: async () => true,
    timeoutMs: { batch: 2000, single: 60 },
  });
  assert.equal(dataOf(await source.fetchCurve(yesterday, never)).slots.length, 96);
  gateway.control.addFault({ route: "/enedis/", effect: { kind: "slow", ms: 200, clock: "real" } });
  assert.equal(dataOf(await source.fetchCurve(yesterday, never)).slots.length, 96);
  const daily = await source.fetchDaily({ ...yesterday, period: days("2026-11-17") }, never);
  assert.deepEqual(daily, { outcome: "unavailable", message: "No answer within 0.06 s" });
});

test("a flat line of power comes out as the energy it is", async () => {
  const meter = { consumption: sourceOfPower(() => 540) };
  const { source } = build({ meter });
  const { slots } = dataOf(await source.fetchCurve({ ...yesterday, period: days("2026-11-19") }, never));
  const energyWh = slots.reduce((sum, slot) => sum + (slot.powerW * slot.minutes) / 60, 0);
  assert.equal(energyWh, 540 * 24);
});
