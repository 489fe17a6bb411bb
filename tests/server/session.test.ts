import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fastify from "fastify";
import { instant } from "../../src/domain/units.ts";
import { sessionAnswer, sessionsAnswer, tokensAnswer } from "../../src/server/api/session.ts";
import { buildApp } from "../../src/server/app.ts";
import { families } from "../../src/server/families.ts";
import { isFree } from "../../src/server/security/plugin.ts";
import { silentLog } from "../../src/shared/log.ts";
import type { Backups } from "../../src/sync/backups/backups.ts";
import { type Asked, accessWorld, cookieIn, lan, loggedIn, password, refusalOf } from "./access-world.ts";
import { idleOperations } from "./operations.ts";

/** Dumps that nobody may touch. */
const untouched: Backups = {
  directory: "/data/backup",
  list: async () => [],
  make: () => assert.fail("made"),
  download: () => assert.fail("handed out"),
  stage: () => assert.fail("taken in"),
  here: () => assert.fail("counted"),
  confirm: () => assert.fail("confirmed"),
  lastRestore: async () => null,
};

const supervisorAddress = "172.30.32.2";
const dayMs = 86_400_000;

suite("who is let in", () => {
  test("from this machine, listening to it alone, all is open until a password is set", async (t) => {
    const world = await accessWorld(t, { host: "127.0.0.1" });
    const from = "127.0.0.1";
    assert.equal((await world.ask("/api/statistics", { from })).statusCode, 200);
    const session = sessionAnswer.parse((await world.ask("/api/session", { from })).json());
    assert.deepEqual(session.user, { kind: "thisMachine", name: null });
    assert.deepEqual([session.needs, session.isCodeNeeded, session.hasPassword], ["none", false, false]);
    await world.access.resetPassword(password);
    assert.equal(refusalOf(await world.ask("/api/statistics", { from }), 401), "login_required");
  });

  test("who listens to the network lets nobody in without a password, this machine included", async (t) => {
    const { ask } = await accessWorld(t);
    for (const from of ["127.0.0.1", lan])
      assert.equal(refusalOf(await ask("/api/statistics", { from }), 401), "setup_required");
    const session = sessionAnswer.parse((await ask("/api/session")).json());
    assert.deepEqual([session.needs, session.isCodeNeeded, session.user], ["setup", true, null]);
  });

  test("a proxy on this machine does not make its visitors this machine's", async (t) => {
    const { ask } = await accessWorld(t, { host: "127.0.0.1" });
    for (const name of ["x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-host"]) {
      const answer = await ask("/api/statistics", { from: "127.0.0.1", headers: { [name]: "1.2.3.4" } });
      assert.equal(refusalOf(answer, 401), "setup_required", name);
    }
    // Some add nothing but ask for a login of their own.
    const headers = { authorization: "Basic eDp5" };
    assert.equal(refusalOf(await ask("/api/statistics", { from: "127.0.0.1", headers }), 401), "setup_required");
  });

  test("the Supervisor's user is let in under its name, which nobody else can take", async (t) => {
    const { ask } = await accessWorld(t, { supervisor: "trusted" });
    const headers = {
      "x-remote-user-id": "0a1b",
      "x-remote-user-name": "marie",
      "x-remote-user-display-name": "Marie",
    };
    const own = sessionAnswer.parse((await ask("/api/session", { from: supervisorAddress, headers })).json());
    assert.deepEqual(own.user, { kind: "homeAssistant", name: "Marie" });
    assert.equal((await ask("/api/statistics", { from: supervisorAddress, headers })).statusCode, 200);
    for (const from of [lan, "172.30.32.1"]) {
      assert.equal(refusalOf(await ask("/api/statistics", { from, headers }), 401), "setup_required");
      assert.equal(sessionAnswer.parse((await ask("/api/session", { from, headers })).json()).user, null);
    }
  });

  test("outside of the app the Supervisor's address is nobody's", async (t) => {
    const { ask } = await accessWorld(t);
    const answer = await ask("/api/statistics", {
      from: supervisorAddress,
      headers: { "x-remote-user-name": "marie" },
    });
    assert.equal(refusalOf(answer, 401), "setup_required");
  });

  test("any name of this machine will do for whoever logs in, but not for who is let in without", async (t) => {
    const world = await accessWorld(t, { host: "127.0.0.1" });
    const headers = { host: "linky.example" };
    const rebound = await world.ask("/api/statistics", { from: "127.0.0.1", headers });
    assert.equal(refusalOf(rebound, 401), "setup_required");
    const cookie = await loggedIn(world);
    assert.equal((await world.ask("/api/statistics", { cookie, headers })).statusCode, 200);
  });

  test("without a login nobody but this machine is listened to", async (t) => {
    const { parts } = await accessWorld(t);
    const { security, ...open } = parts;
    assert.ok(security);
    const build = () =>
      buildApp({
        parts: open,
        log: silentLog(),
        door: { host: "0.0.0.0", supervisor: "absent" },
        signal: t.signal,
      });
    assert.throws(build, /Without a login/);
  });

  test("no answer tells where its reader comes from, and what is private stays out of caches", async (t) => {
    const world = await accessWorld(t);
    const cookie = await loggedIn(world);
    for (const path of ["/api/session", "/api/tokens", "/api/statistics"]) {
      const { headers } = await world.ask(path, { cookie });
      assert.equal(headers["referrer-policy"], "no-referrer");
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["cross-origin-resource-policy"], "same-origin");
      assert.match(String(headers["cache-control"]), path === "/api/statistics" ? /private/ : /^no-store$/);
    }
  });

  test("what holds nothing of the household is free: the page's address, its health, what is not there", async (t) => {
    const { ask } = await accessWorld(t);
    assert.equal((await ask("/health")).statusCode, 200);
    assert.equal((await ask("/")).statusCode, 200);
    assert.equal(refusalOf(await ask("/nowhere"), 404), "not_found");
  });

  test("no spelling of an address goes around the login", async (t) => {
    const { ask } = await accessWorld(t);
    for (const path of ["/api/statistics", "/%61pi/statistics", "/api/%73tatistics", "/api/statistics?x=/api/session"])
      assert.equal(refusalOf(await ask(path), 401), "setup_required", path);
    for (const path of ["//api/statistics", "/API/statistics", "/x/../api/statistics", "/api/session/../statistics"])
      assert.notEqual((await ask(path)).statusCode, 200, path);
  });

  test("every route that is not named free asks who it is", async (t) => {
    const { ask, parts } = await accessWorld(t);
    const routes: { readonly method: string; readonly url: string }[] = [];
    const listing = fastify({ exposeHeadRoutes: false });
    listing.addHook("onRoute", ({ method, url }) => {
      for (const one of [method].flat()) routes.push({ method: one, url });
    });
    const inTurn = <T>(change: () => Promise<T>) => change();
    const context = { parts, signal: t.signal, supervisor: "absent", inTurn } as const;
    for (const routesOf of families) await listing.register(routesOf(context));
    const free = routes.filter(({ url }) => isFree(url)).map(({ method, url }) => `${method} ${url}`);
    assert.deepEqual(
      free.filter((route) => route.includes("/api")),
      ["GET /api/session", "POST /api/session", "DELETE /api/session", "POST /api/session/setup"],
    );
    const closed = routes.filter(({ url }) => !isFree(url));
    assert.ok(closed.length > 15, String(closed.length));
    for (const { method, url } of closed) {
      const answer = await ask(url.replaceAll(/:\w+/g, "1"), { method: method as Asked["method"] & string });
      assert.equal(refusalOf(answer, 401), "setup_required", `${method} ${url}`);
    }
  });
});

suite("the first visit", () => {
  test("the log's code, however it is typed, and a password open the page", async (t) => {
    const world = await accessWorld(t);
    const { setupCode } = world.access;
    assert.match(setupCode, /^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
    const set = (code: string | undefined, wanted = password) =>
      world.ask("/api/session/setup", { method: "POST", body: { password: wanted, ...(code ? { code } : {}) } });
    assert.equal(refusalOf(await set(undefined), 401), "wrong_code");
    assert.equal(refusalOf(await set("AAAA-AAAA"), 401), "wrong_code");
    assert.equal(refusalOf(await set(setupCode, "1234567"), 400), "password_unsuitable");
    const cookie = cookieIn(await set(` ${setupCode.toLowerCase().replace("-", " ")} `));
    assert.equal((await world.ask("/api/statistics", { cookie })).statusCode, 200);
    assert.equal(refusalOf(await set(setupCode), 409), "password_is_set");
    assert.ok(!world.logged().includes(setupCode) && !world.logged().includes(password));
  });

  test("this machine itself needs no code", async (t) => {
    const { ask } = await accessWorld(t, { host: "127.0.0.1" });
    const asked = { method: "POST", from: "127.0.0.1" } as const;
    cookieIn(await ask("/api/session/setup", { ...asked, body: { password } }));
    assert.equal(refusalOf(await ask("/api/session/setup", { ...asked, body: { password } }), 409), "password_is_set");
  });

  test("of two who choose at once one does", async (t) => {
    const { ask, access } = await accessWorld(t);
    const body = { password, code: access.setupCode };
    const answers = await Promise.all([1, 2].map(() => ask("/api/session/setup", { method: "POST", body })));
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 409]);
  });
});

suite("sessions", () => {
  test("the cookie is read by no script and sent by no other site; over TLS, over nothing else", async (t) => {
    const { ask, access } = await accessWorld(t);
    await access.resetPassword(password);
    const login = { method: "POST", body: { password } } as const;
    const plain = String((await ask("/api/session", login)).headers["set-cookie"]);
    assert.match(plain, /^linky_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/);
    const headers = { "x-forwarded-proto": "https" };
    const proxied = await ask("/api/session", { ...login, headers, from: "127.0.0.1" });
    assert.match(String(proxied.headers["set-cookie"]), /; Secure$/);
    const claimed = await ask("/api/session", { ...login, headers, from: lan });
    assert.match(String(claimed.headers["set-cookie"]), /; SameSite=Strict$/, "anybody can say so");
  });

  test("a session lasts thirty days from its last visit", async (t) => {
    const world = await accessWorld(t);
    const cookie = await loggedIn(world);
    const visit = async (afterMs: number) => {
      world.clock.set(instant(world.clock.now() + afterMs));
      return (await world.ask("/api/statistics", { cookie })).statusCode;
    };
    assert.equal(await visit(29 * dayMs), 200);
    assert.equal(await visit(29 * dayMs), 200);
    assert.equal(await visit(30 * dayMs), 401);
  });

  test("a cookie is worth nothing after logout, nor one that was made up", async (t) => {
    const world = await accessWorld(t);
    const cookie = await loggedIn(world);
    const other = await loggedIn(world);
    const out = await world.ask("/api/session", { method: "DELETE", cookie });
    assert.match(String(out.headers["set-cookie"]), /^linky_session=; Path=\/; Max-Age=0;/);
    for (const wrong of [cookie, "", "x".repeat(43)])
      assert.equal(refusalOf(await world.ask("/api/statistics", { cookie: wrong }), 401), "login_required");
    assert.equal((await world.ask("/api/statistics", { cookie: other })).statusCode, 200);
  });

  test("a new password ends every session but the one that set it", async (t) => {
    const world = await accessWorld(t);
    const [mine, other] = [await loggedIn(world), await loggedIn(world)];
    const change = (current: string, next: string) =>
      world.ask("/api/session/password", { method: "PUT", cookie: mine, body: { current, password: next } });
    assert.equal(refusalOf(await change("not this one", "another-password"), 401), "wrong_password");
    const renewed = cookieIn(await change(password, "another-password"));
    for (const cookie of [mine, other])
      assert.equal(refusalOf(await world.ask("/api/statistics", { cookie }), 401), "login_required");
    assert.equal((await world.ask("/api/statistics", { cookie: renewed })).statusCode, 200);
    const former = await world.ask("/api/session", { method: "POST", body: { password } });
    assert.equal(refusalOf(former, 401), "wrong_password");
  });

  test("are listed without what lets anybody in, and ended from elsewhere", async (t) => {
    const world = await accessWorld(t);
    const [mine, other] = [await loggedIn(world), await loggedIn(world)];
    const list = async (cookie: string) =>
      sessionsAnswer.parse((await world.ask("/api/sessions", { cookie })).json()).sessions;
    const sessions = await list(mine);
    const now = new Date(world.clock.now()).toISOString();
    const endsAt = new Date(world.clock.now() + 30 * dayMs).toISOString();
    assert.deepEqual(
      sessions.map(({ id, isThis, ...times }) => times),
      [1, 2].map(() => ({ createdAt: now, lastUsedAt: now, endsAt })),
    );
    assert.deepEqual(sessions.map(({ isThis }) => isThis).sort(), [false, true]);
    assert.ok(!JSON.stringify(sessions).includes(mine));
    const lost = sessions.find(({ isThis }) => !isThis)?.id ?? assert.fail();
    const end = (id: string) => world.ask(`/api/sessions/${id}`, { method: "DELETE", cookie: mine });
    assert.equal((await end(lost)).statusCode, 200);
    assert.equal(refusalOf(await end(lost), 404), "unknown_session");
    assert.equal(refusalOf(await end("%25"), 400), "invalid_request");
    assert.equal(refusalOf(await world.ask("/api/statistics", { cookie: other }), 401), "login_required");
    assert.equal((await list(mine)).length, 1);
    const { token } = await world.access.createToken("script");
    const headers = { authorization: `Bearer ${token}` };
    assert.equal(refusalOf(await world.ask("/api/sessions", { headers }), 403), "not_for_tokens");
    assert.equal(refusalOf(await world.ask("/api/sessions"), 401), "login_required");
  });

  test("the store holds no password and no token, only what cannot be turned back", async (t) => {
    const world = await accessWorld(t);
    const cookie = await loggedIn(world);
    const { token } = (await world.ask("/api/tokens", { method: "POST", cookie, body: { name: "Grafana" } })).json<{
      token: string;
    }>();
    const { sql } = world.world.database;
    const rows = await sql`
      select hash as text from web_password union all select token_hash from web_session
      union all select token_hash from api_token`;
    assert.equal(rows.length, 3);
    const stored = JSON.stringify(rows);
    assert.match(stored, /scrypt\$131072\$8\$1\$[\w-]{22}\$[\w-]{43}/);
    for (const secret of [password, cookie, token]) {
      assert.ok(!stored.includes(secret));
      assert.ok(!world.logged().includes(secret));
    }
  });
});

suite("brute force", () => {
  test("after five wrong passwords a network waits, longer each time, and others do not", async (t) => {
    const { ask, access, clock } = await accessWorld(t);
    await access.resetPassword(password);
    const attempt = (given: string, from = lan) =>
      ask("/api/session", { method: "POST", body: { password: given }, from });
    for (let count = 1; count <= 5; count++) assert.equal(refusalOf(await attempt("wrong"), 401), "wrong_password");
    const early = await attempt(password);
    assert.equal(refusalOf(early, 429), "too_many_attempts");
    assert.equal(early.headers["retry-after"], "1");
    clock.set(instant(clock.now() + 1_000));
    assert.equal(refusalOf(await attempt("wrong"), 401), "wrong_password");
    const second = await attempt(password);
    assert.equal(refusalOf(second, 429), "too_many_attempts");
    assert.equal(second.headers["retry-after"], "2");
    cookieIn(await attempt(password, "192.168.1.21"));
    clock.set(instant(clock.now() + 2_000));
    cookieIn(await attempt(password));
  });

  test("a hundred at once are a hundred attempts", async (t) => {
    const { ask, access } = await accessWorld(t);
    await access.resetPassword(password);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => ask("/api/session", { method: "POST", body: { password: "wrong" } })),
    );
    const count = (status: number) => answers.filter(({ statusCode }) => statusCode === status).length;
    assert.deepEqual([count(401), count(429)], [5, 95]);
  });
});

suite("other sites", () => {
  test("a change with a cookie comes from our own page, or not at all", async (t) => {
    const world = await accessWorld(t);
    const cookie = await loggedIn(world);
    const ask = (headers: Readonly<Record<string, string>>) =>
      world.ask("/api/tokens", { method: "POST", cookie, body: { name: "x" }, headers });
    assert.equal(refusalOf(await ask({ "x-linky-bridge": "" }), 403), "own_header_missing");
    for (const site of ["cross-site", "same-site", "none"])
      assert.equal(refusalOf(await ask({ "sec-fetch-site": site }), 403), "foreign_origin");
    assert.equal(refusalOf(await ask({ origin: "https://evil.example" }), 403), "foreign_origin");
    assert.equal((await ask({ "sec-fetch-site": "same-origin", origin: "http://192.168.1.5:8181" })).statusCode, 200);
  });

  test("nor can one log its reader in, out, or choose the password", async (t) => {
    const { ask, access } = await accessWorld(t, { host: "127.0.0.1" });
    const crossed = { headers: { "sec-fetch-site": "cross-site" }, from: "127.0.0.1" } as const;
    const setup = await ask("/api/session/setup", { ...crossed, method: "POST", body: { password } });
    assert.equal(refusalOf(setup, 403), "foreign_origin");
    await access.resetPassword(password);
    const login = await ask("/api/session", { ...crossed, method: "POST", body: { password } });
    assert.equal(refusalOf(login, 403), "foreign_origin");
    assert.equal(login.headers["set-cookie"], undefined);
  });

  test("through Home Assistant as well, where the browser's user is added to whatever page asks", async (t) => {
    const { ask } = await accessWorld(t, { supervisor: "only" });
    const change = (headers: Readonly<Record<string, string>>) =>
      ask("/api/tokens", { method: "POST", body: { name: "x" }, from: supervisorAddress, headers });
    assert.equal(refusalOf(await change({ "sec-fetch-site": "cross-site" }), 403), "foreign_origin");
    assert.equal(refusalOf(await change({ "x-linky-bridge": "" }), 403), "own_header_missing");
    assert.equal((await change({ "sec-fetch-site": "same-origin" })).statusCode, 200);
  });
});

suite("API tokens", () => {
  test("a token is shown once, opens the API for programs, and no longer once it is revoked", async (t) => {
    const world = await accessWorld(t);
    const cookie = await loggedIn(world);
    const created = await world.ask("/api/tokens", { method: "POST", cookie, body: { name: "Grafana" } });
    const { token, id } = created.json<{ token: string; id: number }>();
    assert.match(token, /^lb_[\w-]{43}$/);
    const again = await world.ask("/api/tokens", { method: "POST", cookie, body: { name: "Grafana" } });
    assert.equal(refusalOf(again, 409), "token_name_taken");
    const headers = { authorization: `Bearer ${token}`, "x-linky-bridge": "" };
    const used = await world.ask("/api/session", { headers });
    assert.deepEqual(sessionAnswer.parse(used.json()).user, { kind: "token", name: "Grafana" });
    assert.equal((await world.ask("/api/statistics", { headers })).statusCode, 200);
    const listed = await world.ask("/api/tokens", { cookie });
    const { tokens } = tokensAnswer.parse(listed.json());
    assert.deepEqual([tokens.length, tokens[0]?.lastUsedAt], [1, new Date(world.clock.now()).toISOString()]);
    assert.ok(!listed.body.includes(token));
    assert.equal((await world.ask(`/api/tokens/${id}`, { method: "DELETE", cookie })).statusCode, 200);
    assert.equal(refusalOf(await world.ask("/api/statistics", { headers }), 401), "unknown_token");
    const gone = await world.ask(`/api/tokens/${id}`, { method: "DELETE", cookie });
    assert.equal(refusalOf(gone, 404), "unknown_token");
  });

  test("a token restores no dump, which would bring a password and tokens of its own", async (t) => {
    const world = await accessWorld(t, {}, { operations: idleOperations({ backups: untouched }) });
    const { token } = await world.access.createToken("script");
    const headers = { authorization: `Bearer ${token}` };
    const preview = await world.ask("/api/restore/preview?file=x.dump", { method: "POST", headers });
    assert.equal(refusalOf(preview, 403), "not_for_tokens");
    const body = { id: "0a867c0c-6aad-4032-9b8a-33b49faaa2e2", confirm: true };
    assert.equal(refusalOf(await world.ask("/api/restore", { method: "POST", headers, body }), 403), "not_for_tokens");
    const list = await world.ask("/api/backups", { headers });
    assert.equal(list.statusCode, 200, list.body);
  });

  test("a token's name is one line, whatever it is shown in", async (t) => {
    const world = await accessWorld(t);
    const cookie = await loggedIn(world);
    const create = (name: string) => world.ask("/api/tokens", { method: "POST", cookie, body: { name } });
    for (const name of ["a\nb", "a\u0000", "a\u2028b", "a\u202eb", "\u001b[31mred"])
      assert.equal(refusalOf(await create(name), 400), "invalid_request", JSON.stringify(name));
    assert.equal((await create("Été 2026 – Grafana 📈")).statusCode, 200);
  });

  test("a number that no token can have is refused, not looked for", async (t) => {
    const world = await accessWorld(t);
    const cookie = await loggedIn(world);
    const revoke = (id: number) => world.ask(`/api/tokens/${id}`, { method: "DELETE", cookie });
    assert.equal(refusalOf(await revoke(2 ** 31), 400), "invalid_request");
    assert.equal(refusalOf(await revoke(2 ** 31 - 1), 404), "unknown_token");
  });

  test("a token changes neither password nor tokens, and a wrong one is not made good by a cookie", async (t) => {
    const world = await accessWorld(t);
    const cookie = await loggedIn(world);
    const { token } = await world.access.createToken("script");
    const headers = { authorization: `Bearer ${token}` };
    const create = await world.ask("/api/tokens", { method: "POST", headers, body: { name: "more" } });
    assert.equal(refusalOf(create, 403), "not_for_tokens");
    assert.equal(refusalOf(await world.ask("/api/tokens", { headers }), 403), "not_for_tokens");
    const change = { method: "PUT", headers, body: { current: password, password: "another-password" } } as const;
    assert.equal(refusalOf(await world.ask("/api/session/password", change), 403), "not_for_tokens");
    for (const authorization of ["Bearer lb_x", "Bearer x", "lb_x", ""]) {
      const answer = await world.ask("/api/statistics", { cookie, headers: { authorization } });
      assert.equal(refusalOf(answer, 401), "unknown_token", authorization);
    }
  });

  test("the login of a proxy before the service neither opens nor shuts it", async (t) => {
    const world = await accessWorld(t);
    const cookie = await loggedIn(world);
    const headers = { authorization: "Basic eDp5" };
    assert.equal((await world.ask("/api/statistics", { cookie, headers })).statusCode, 200);
    assert.equal(refusalOf(await world.ask("/api/statistics", { headers }), 401), "login_required");
  });
});

suite("the password of the environment", () => {
  test("is taken once, and again when it changes; what the page set since stays", async (t) => {
    const { access } = await accessWorld(t);
    const opens = (given: string) =>
      access.logIn({ password: given, address: lan }).then(
        () => true,
        () => false,
      );
    assert.equal(await access.takeFromEnvironment("from the environment"), true);
    assert.equal(await opens("from the environment"), true);
    assert.equal(await access.takeFromEnvironment("from the environment"), false);
    await access.resetPassword("set in the page");
    assert.equal(await access.takeFromEnvironment("from the environment"), false);
    assert.equal(await opens("set in the page"), true);
    assert.equal(await access.takeFromEnvironment("changed over there"), true);
    assert.deepEqual([await opens("set in the page"), await opens("changed over there")], [false, true]);
  });
});
