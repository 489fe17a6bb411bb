import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { serveWaiting } from "../../src/server/waiting.ts";
import { silentLog } from "../../src/shared/log.ts";
import { freePort } from "../support/broker.ts";

const waiting = {
  code: "disk_full",
  text: { fr: "Le disque est plein.", en: "The disk is full." },
  since: Date.UTC(2026, 10, 21, 9, 0),
};

test("while there is no database health is 200 with the reason, and all else 503", async (t) => {
  const ports = { port: await freePort(), pagePort: await freePort() };
  const options = { version: "1.2.3", host: "127.0.0.1", supervisor: "absent", log: silentLog() } as const;
  const close = await serveWaiting({ ...options, waiting, ...ports });
  t.after(close);
  for (const port of Object.values(ports)) {
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    assert.equal(health.status, 200, "a watchdog that restarts the program would change nothing");
    assert.deepEqual(await health.json(), {
      status: "waiting",
      version: "1.2.3",
      problem: { code: "disk_full", since: "2026-11-21T09:00:00.000Z", ...waiting.text },
      database: { isReachable: false },
      lastPass: null,
    });
    const other = await fetch(`http://127.0.0.1:${port}/api/pdl`);
    assert.equal(other.status, 503);
    assert.deepEqual(await other.json(), { error: { code: "disk_full", ...waiting.text } });
    const foreign = await fetch(`http://127.0.0.1:${port}/health`, { headers: { origin: "https://elsewhere.test" } });
    assert.equal(foreign.status, 403);
  }
});

test("an address that another program has is left to it", async () => {
  const port = await freePort();
  const options = { version: "1.2.3", host: "127.0.0.1", supervisor: "absent", log: silentLog() } as const;
  const first = await serveWaiting({ ...options, waiting, port, pagePort: null });
  const second = await serveWaiting({ ...options, waiting: { ...waiting, code: "another" }, port, pagePort: null });
  assert.match(await (await fetch(`http://127.0.0.1:${port}/health`)).text(), /"code":"disk_full"/);
  await second();
  await first();
});

test("a browser is shown a page in both languages that reloads, and runs no script but its own", async (t) => {
  const port = await freePort();
  const options = { version: "1.2.3", host: "0.0.0.0", supervisor: "absent", log: silentLog() } as const;
  const text = { fr: "Le disque <ici> est plein.", en: "The disk is full." };
  const close = await serveWaiting({ ...options, waiting: { ...waiting, text }, port, pagePort: null });
  t.after(close);
  const look = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept: "text/html" } });
  for (const path of ["/", "/consommation?vue=mois"]) {
    const answer = await look(path);
    const page = await answer.text();
    assert.equal(answer.status, 503);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/html/);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.match(page, /<section lang="fr"><p>Le disque &lt;ici&gt; est plein\.<\/p>/);
    assert.match(page, /<section lang="en"><p>The disk is full\.<\/p>/);
    const policy = answer.headers.get("content-security-policy") ?? "";
    for (const element of ["script", "style"]) {
      const [, content = ""] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page) ?? [];
      const hash = createHash("sha256").update(content).digest("base64");
      assert.ok(policy.includes(`${element}-src 'sha256-${hash}'`), element);
    }
    assert.ok(!policy.includes("unsafe"));
  }
  assert.match((await look("/api/pdl")).headers.get("content-type") ?? "", /json/, "a program asks here");
});

test("while waiting a request has the limits that it always has", async (t) => {
  const port = await freePort();
  const options = { version: "1.2.3", host: "127.0.0.1", supervisor: "absent", log: silentLog() } as const;
  const close = await serveWaiting({ ...options, waiting, port, pagePort: null });
  t.after(close);
  const ask = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    const { error } = (await answer.json()) as { error: { code: string } };
    return [answer.status, error.code];
  };
  assert.deepEqual(await ask(`/${"x".repeat(2_100)}`), [414, "address_too_long"]);
  assert.deepEqual(await ask("/", { "x-long": "x".repeat(17_000) }), [431, "headers_too_long"]);
  assert.deepEqual(await ask("/%ff"), [400, "invalid_request"]);
});
