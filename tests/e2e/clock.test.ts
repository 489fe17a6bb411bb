import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { createGatewaySource } from "../../src/adapters/gateway/source.ts";
import { dayMs, hourMs, instant, minuteMs } from "../../src/domain/units.ts";
import type { Clock } from "../../src/shared/clock.ts";
import { createLog, silentLog } from "../../src/shared/log.ts";
import { type PassResult, runPass } from "../../src/sync/pass.ts";
import { createService } from "../../src/sync/service.ts";
import { account, type HomeRun } from "../support/home-run.ts";
import { assertMirrors, assertNothingTold, codesOf, flowIn, run, startHome } from "../support/scenario.ts";

const never = new AbortController().signal;

/** A pass of the home under a clock that is ahead by `aheadMs`, of a gateway that tells its own time as servers do. */
function passUnder(home: HomeRun, aheadMs: number, fetch = answersWithDate(home), ...rest: [clockWasWrong?: boolean]) {
  const clock: Clock = { now: () => instant(home.clock.now() + aheadMs), sleep: (ms) => home.clock.sleep(ms) };
  const source = createGatewaySource({
    ...{ baseUrl: "http://gateway.test", version: "0.0.0", ...account },
    ...{ fetch, clock, log: silentLog(), spend: async () => true },
  });
  return runPass({ ...home.deps, clock, source }, never, null, ...rest);
}

const answersWithDate =
  (home: HomeRun): typeof globalThis.fetch =>
  async (input, init) => {
    const answer = await home.gateway.fetch(input, init);
    answer.headers.set("date", new Date(home.clock.now()).toUTCString());
    return answer;
  };

const expiredCertificate: typeof globalThis.fetch = async () => {
  throw new TypeError("fetch failed", {
    cause: Object.assign(new Error("certificate has expired"), { code: "CERT_HAS_EXPIRED" }),
  });
};

const problemOf = ({ snapshot }: PassResult) => snapshot.bridge.problems[0];

for (const { name, aheadMs, code, fr, en } of [
  { name: "a year ahead", aheadMs: 365 * dayMs, code: "clock_ahead", fr: /avance de 365 jours/, en: /365 days ahead/ },
  {
    name: "a year behind",
    aheadMs: -365 * dayMs,
    code: "clock_behind",
    fr: /retarde de 365 jours/,
    en: /365 days behind/,
  },
]) {
  test(`a clock ${name}: told, nothing asked or stored, values as of the right day, and on when it is right`, async (t) => {
    const home = await startHome(t);
    await run(home, "2026-11-22T21:00:00Z");
    const [stored, shown] = [await home.fingerprint(), home.messages()];
    const calls = home.gateway.control.calls.length;

    const result = await passUnder(home, aheadMs);
    assert.equal(problemOf(result)?.code, code);
    assert.match(problemOf(result)?.text.fr ?? "", fr);
    assert.match(problemOf(result)?.text.en ?? "", en);
    const asked = home.gateway.control.calls.slice(calls);
    assert.equal(asked.length, 1, JSON.stringify(asked));
    assert.equal(await home.fingerprint(), stored);
    // 21:00 UTC is 22:00 in Paris on the 22nd.
    assert.equal(flowIn(home.snapshot).yesterdayDate, "2026-11-21");
    const daily = [...shown].filter(([topic]) => topic.endsWith("/consumption/yesterday"));
    for (const [topic, payload] of daily) assert.equal(home.messages().get(topic), payload);
    assert.equal(result.nextAt, home.clock.now() + aheadMs + minuteMs);

    await run(home, "2026-11-24T21:00:00Z");
    await assertNothingTold(home);
    await assertMirrors(home, { from: "2026-10-20", to: "2026-11-23" });
    assert.deepEqual(await home.faults(), []);
  });
}

test("in the log a clock that is wrong is told once, and once that it is right again", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-23T04:00:00Z");
  // 06:10 in Paris, by a clock that is four hours ahead until a quarter past.
  home.clock.set(instant(Date.parse("2026-11-23T05:10:00Z")));
  const isWrong = () => home.clock.now() < Date.parse("2026-11-23T05:15:00Z");
  const lines: string[] = [];
  const sink = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
  const log = createLog({ level: "info", format: "text" }, sink);
  const stop = new AbortController();
  const clock: Clock = {
    now: () => instant(home.clock.now() + (isWrong() ? 4 * hourMs : 0)),
    async sleep(ms, signal) {
      await home.clock.sleep(ms, signal);
      if (home.clock.now() > Date.parse("2026-11-23T08:00:00Z")) stop.abort();
    },
  };
  const source = createGatewaySource({
    ...{ baseUrl: "http://gateway.test", version: "0.0.0", ...account },
    ...{ fetch: answersWithDate(home), clock, log: silentLog(), spend: async () => true },
  });
  await createService({ ...home.deps, clock, source, log }).run(stop.signal);
  const told = (words: RegExp) => lines.filter((line) => words.test(line)).length;
  assert.equal(told(/avance de 4 heures/), 1, lines.join(""));
  assert.equal(told(/horloge de cette machine est de nouveau à l'heure/), 1, lines.join(""));
});

test("a clock four hours ahead costs one call, and from then on only questions that nobody counts", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-23T05:00:00Z");
  const before = await home.fingerprint();
  const calls = home.gateway.control.calls.length;
  // 06:10 in Paris, by a clock that shows 10:10: the morning's calls seem due.
  home.clock.set(instant(Date.parse("2026-11-23T05:10:00Z")));
  const first = await passUnder(home, 4 * hourMs);
  assert.equal(problemOf(first)?.code, "clock_ahead");
  assert.match(problemOf(first)?.text.fr ?? "", /avance de 4 heures/);
  for (let look = 0; look < 3; look++) await passUnder(home, 4 * hourMs, answersWithDate(home), true);
  const paths = home.gateway.control.calls.slice(calls).map(({ path }) => path);
  assert.equal(paths.length, 4, paths.join(" "));
  assert.equal(new Set(paths.slice(1)).size, 1, paths.join(" "));
  assert.ok(paths[0] !== paths[1], "from then on the time alone is asked for");
  assert.equal(await home.fingerprint(), before);
});

test("a certificate that is not valid at this date: told, nothing stored, and no nonsense of that date shown", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  const [stored, snapshots] = [await home.fingerprint(), home.snapshots.length];
  const result = await passUnder(home, 365 * dayMs, expiredCertificate);
  assert.equal(problemOf(result)?.code, "clock_doubtful");
  assert.equal(await home.fingerprint(), stored);
  assert.equal(home.snapshots.length, snapshots, "what is on the broker stays");
  await run(home, "2026-11-24T21:00:00Z");
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-23" });
});

test("what was noted without a network under a clock a year ahead forbids nothing once the clock is right", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  const noNetwork: typeof globalThis.fetch = async () => {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error("no route"), { code: "ENETUNREACH" }) });
  };
  await passUnder(home, 365 * dayMs, noNetwork);
  const poisoned = [...(await home.store.loadTasks()).values()].filter(
    ({ retryAt }) => retryAt !== null && retryAt > Date.parse("2027-11-01T00:00:00Z"),
  );
  assert.ok(poisoned.length > 0, "a retry was noted for a year later");
  await run(home, "2026-11-24T21:00:00Z");
  assert.deepEqual(codesOf(home.snapshot), []);
  await assertMirrors(home, { from: "2026-10-20", to: "2026-11-23" });
});

test("a lease and a claim of an instance whose clock was a year ahead are taken over", async (t) => {
  const home = await startHome(t);
  await run(home, "2026-11-22T21:00:00Z");
  const now = home.clock.now();
  const [point] = await home.store.loadUsagePoints(account.clientId);
  assert.ok(point);
  const lease = (holder: string, at: number) =>
    home.store.takeLease({ usagePoint: point.id, holder, now: instant(at), until: instant(at + 4 * minuteMs) });
  const claim = (holder: string, at: number) =>
    home.store.claimStatistics(holder, instant(at), instant(at + 2 * minuteMs));
  assert.deepEqual([await lease("dead", now + 365 * dayMs), await claim("dead", now + 365 * dayMs)], [true, true]);
  assert.deepEqual([await lease("living", now), await claim("living", now)], [true, true]);
  assert.deepEqual([await lease("third", now), await claim("third", now)], [false, false], "a valid one is respected");
});
