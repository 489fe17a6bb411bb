import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { type TestContext, test } from "node:test";
import { type SyncState, syncState } from "../../src/server/api/sync.ts";
import { type AskedRound, runPass } from "../../src/sync/pass.ts";
import { SyncProgress } from "../../src/sync/view/progress.ts";
import type { HomeRun } from "../support/home-run.ts";
import { flat, startHome } from "../support/scenario.ts";
import { StatisticsWorld } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, post, send, serve } from "./api.ts";
import { idleOperations } from "./operations.ts";

/** A house of two years whose calls are followed, on its first morning. */
async function open(t: TestContext) {
  const home = await startHome(t, { points: [flat({ activationDate: "2024-11-21" })] });
  const progress = new SyncProgress(home.clock);
  const wishes: string[] = [];
  const { url } = await serve(t, {
    store: home.store,
    clock: home.clock,
    version: "1.2.3",
    account: home.deps.account,
    plans: [],
    statistics: null,
    lastPass: () => null,
    operations: idleOperations({ planning: home.deps, request: () => void wishes.push("now") }),
    progress,
  });
  const fetch = (last: number) => {
    const ending = new AbortController();
    const done = { calls: 0 };
    const onCall: NonNullable<HomeRun["deps"]["onCall"]> = (news) => {
      progress.onCall(news);
      if (news.result !== null && ++done.calls === last) ending.abort(new Error("enough"));
    };
    return runPass({ ...home.deps, sinks: [progress.sink], onCall }, ending.signal).catch((error: unknown) => {
      if (!ending.signal.aborted) throw error;
    });
  };
  const state = async () => syncState.parse(jsonOf(await send(`${url}/api/sync`)));
  return { home, url, fetch, state, wishes };
}

test("before the first call nothing is known of the history; then what is left of it is counted", async (t) => {
  const { fetch, state } = await open(t);
  const before = await state();
  assert.deepEqual(
    [before.running, before.call, before.history, before.remainingCalls, before.remainingDays, before.canRequest],
    [false, null, [], null, null, true],
  );
  // The list of meters and what goes with it, then the first calls of the history.
  await fetch(8);
  const during = await state();
  assert.equal(during.running, true);
  assert.equal(during.history.length, 1);
  assert.ok((during.remainingCalls ?? 0) > 0 && during.remainingDays === 0, JSON.stringify(during));
  await fetch(Number.POSITIVE_INFINITY);
  const after = await state();
  const [history] = after.history;
  assert.deepEqual(
    [after.running, after.remainingCalls, after.remainingDays, history?.knownDays === history?.wantedDays],
    [false, 0, 0, true],
  );
  assert.equal(after.budget?.allowed, 50);
  assert.ok(after.nextCallAt && after.nextCallAt > "2026-11-21T10:00:00.000Z");
});

test("a synchronisation can be asked for, but not without credentials", async (t) => {
  const { url, wishes } = await open(t);
  syncState.parse(jsonOf(await post(`${url}/api/sync`, {})));
  assert.deepEqual(wishes, ["now"]);
  assert.equal(codeOf(await post(`${url}/api/sync`, { all: true }), 400), "invalid_request");
  const world = await StatisticsWorld.open(t);
  const { url: without } = await serve(t, partsOf(world));
  assert.equal(codeOf(await post(`${without}/api/sync`, {}), 409), "no_credentials");
  assert.equal(syncState.parse(jsonOf(await send(`${without}/api/sync`))).canRequest, false);
});

test("a round that was asked for is told of once it is over, with what it brought or that it failed", async (t) => {
  const world = await StatisticsWorld.open(t);
  const endedAt = world.clock.now();
  let lastAsked: AskedRound | null = null;
  const { url } = await serve(t, { ...partsOf(world), operations: idleOperations({ lastAsked: () => lastAsked }) });
  const told = async () => syncState.parse(jsonOf(await send(`${url}/api/sync`))).lastAsked;
  assert.equal(await told(), null);
  const iso = new Date(endedAt).toISOString();
  lastAsked = { endedAt, result: { calls: 3, written: 48 } };
  assert.deepEqual(await told(), { endedAt: iso, result: { calls: 3, written: 48 } });
  lastAsked = { endedAt, result: null };
  assert.deepEqual(await told(), { endedAt: iso, result: null });
});

/** The states told to a listener until `enough`. */
async function follow(url: string, enough: (states: readonly SyncState[]) => boolean, then: () => void) {
  const asked = request(`${url}/api/sync/events`, { agent: false });
  asked.end();
  const [answer]: IncomingMessage[] = await once(asked, "response");
  assert.ok(answer);
  assert.equal(answer.headers["content-type"], "text/event-stream; charset=utf-8");
  const states: SyncState[] = [];
  let text = "";
  let isFirst = true;
  for await (const part of answer) {
    text += String(part);
    const messages = text.split("\n\n");
    text = messages.pop() ?? "";
    for (const message of messages) {
      const data = /^event: sync\ndata: (.*)$/m.exec(message)?.[1];
      if (data !== undefined) states.push(syncState.parse(JSON.parse(data)));
    }
    if (isFirst && states.length > 0) {
      isFirst = false;
      then();
    }
    if (enough(states)) break;
  }
  asked.destroy();
  return states;
}

test("whoever listens is told how it stands, then before and after each call", async (t) => {
  const { url, fetch } = await open(t);
  let fetching: Promise<unknown> = Promise.resolve();
  const states = await follow(
    url,
    (told) => told.at(-1)?.remainingCalls === 0 && told.at(-1)?.running === false,
    () => {
      fetching = fetch(Number.POSITIVE_INFINITY);
    },
  );
  await fetching;
  assert.deepEqual([states[0]?.call, states[0]?.running], [null, false]);
  const kinds = new Set(states.map(({ call }) => call?.kind));
  for (const kind of ["usage_points", "consumption_curve", "consumption_daily", "max_power"])
    assert.ok(kinds.has(kind), `${kind} is not among ${[...kinds].join(", ")}`);
  assert.ok(states.some(({ call, running }) => call?.outcome === null && running));
  const left = states.flatMap(({ remainingCalls }) => remainingCalls ?? []);
  assert.ok(Math.max(...left) > 0);
  assert.equal(left.at(-1), 0);
  // Small enough to be sent after each call.
  assert.ok(states.every((state) => JSON.stringify(state).length < 1_500));
});
