import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { sessionAnswer } from "../../src/server/api/session.ts";
import { freePort } from "../support/broker.ts";
import { processWorld } from "../support/process-world.ts";

const bin = join(import.meta.dirname, "..", "..", "src", "bin.mjs");

test("beside a running service: its password, its tokens and the key of its secrets are changed by command", async (context) => {
  const world = await processWorld(context);
  const port = await freePort();
  const env = { ...world.env, LINKY_LANGUAGE: "en", API_PORT: String(port), LINKY_PASSWORD: "of the environment" };
  const service = world.start(["start"], { ...env, LINKY_LOG_LEVEL: "trace" });
  await service.says("API ready", 60_000);
  const command = (args: readonly string[], input = "") => {
    const { PATH = "", HOME = "" } = process.env;
    const ended = spawnSync(process.execPath, [bin, ...args], { input, env: { PATH, HOME, ...env }, encoding: "utf8" });
    return { code: ended.status, said: ended.stdout + ended.stderr };
  };
  const url = `http://127.0.0.1:${port}/api`;
  const status = async (headers: Readonly<Record<string, string>> = {}): Promise<number> =>
    (await fetch(`${url}/tokens`, { headers })).status;
  const logIn = (password: string): Promise<Response> =>
    fetch(`${url}/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ password }),
    });

  assert.equal(await status(), 401);
  const login = await logIn("of the environment");
  assert.equal(sessionAnswer.parse(await login.json()).needs, "none");
  const cookie = (login.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  assert.equal(await status({ cookie }), 200);

  assert.match(command(["password", "--stdin"], "short\n").said, /^✗ The password is too short/);
  assert.deepEqual(command(["password", "--stdin"], "of the command line\n").code, 0);
  assert.equal(await status({ cookie }), 401);
  assert.equal((await logIn("of the environment")).status, 401);
  assert.equal((await logIn("of the command line")).status, 200);

  const created = command(["token", "create", "grafana"]);
  const token = /^lb_[\w-]{43}$/m.exec(created.said)?.[0] ?? "";
  const headers = { authorization: `Bearer ${token}` };
  const session = async () => (await fetch(`${url}/session`, { headers })).json();
  assert.deepEqual(sessionAnswer.parse(await session()).user, { kind: "token", name: "grafana" });
  assert.match(command(["token", "create", "grafana"]).said, /There is already a token called "grafana"/);
  assert.match(command(["token"]).said, /^grafana: created on \d{4}-\d\d-\d\d, last used: \d{4}-/m);
  assert.equal(command(["token", "revoke", "other"]).code, 1);
  assert.equal(command(["token", "revoke", "grafana"]).code, 0);
  assert.equal((await fetch(`${url}/session`, { headers })).status, 401);
  assert.match(command(["token", "list"]).said, /^No token;/);

  const put = (language: string) =>
    fetch(`${url}/settings`, {
      method: "PUT",
      headers: { "content-type": "application/json", "x-linky-bridge": "page", cookie: freshCookie },
      body: JSON.stringify({ changes: { mqtt_password: "pa55-of-the-broker", mqtt_username: "linky", language } }),
    });
  const freshCookie = ((await logIn("of the command line")).headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  assert.equal((await put("fr")).status, 200);
  // The log too speaks the language chosen in the page, now and at the next start.
  await service.says(/API ready[\s\S]*API prête/, 60_000);
  const key = () => readFile(join(world.dataDir, "secret.key"), "utf8");
  const former = await key();
  assert.match(command(["secrets", "rotate"]).said, /Nouvelle clé ; secrets chiffrés sous elle : 1\./);
  assert.notEqual(await key(), former);
  assert.equal((await key()).trim().split("\n").length, 1);
  const stopped = await service.stop("SIGTERM");
  assert.equal(stopped.code, 0, service.said);
  for (const secret of ["of the environment", "of the command line", "pa55-of-the-broker", token, cookie.slice(14)])
    assert.ok(!service.said.includes(secret), secret);
  const again = world.start(["start"], env);
  await again.says("API prête", 60_000);
  assert.doesNotMatch(again.stdout, /ne peut plus être lu|can no longer be read/);
  assert.equal(
    (await logIn("of the command line")).status,
    200,
    "the environment's former password does not come back",
  );
});
