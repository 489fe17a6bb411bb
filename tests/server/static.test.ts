import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import type { ServerParts } from "../../src/server/parts.ts";
import { StatisticsWorld } from "../support/statistics-world.ts";
import { codeOf, jsonOf, partsOf, send, serve } from "./api.ts";
import { getRaw } from "./raw.ts";

const asBrowser = { headers: { accept: "text/html,application/xhtml+xml" } };
const index = '<!doctype html><script type="module" src="./assets/main-ABCD1234.js"></script>';
const script = "console.log('Linky Bridge')";

/** A page as the build makes one, and beside it what is none of its files. */
async function builtPage(t: TestContext): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "linky-bridge-page-"));
  t.after(() => rm(root, { recursive: true, force: true }));
  const directory = join(root, "dist-page");
  await mkdir(join(directory, "assets"), { recursive: true });
  const files = {
    "index.html": index,
    "icon.svg": "<svg/>",
    ".env": "SECRET=1",
    "assets/main-ABCD1234.js": script,
    "assets/main-ABCD1234.js.br": brotliCompressSync(script),
    "assets/main-ABCD1234.js.map": "{}",
    "../secret.txt": "a secret",
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
  return directory;
}

async function open(t: TestContext, more: Partial<ServerParts> = {}): Promise<string> {
  const page = await builtPage(t);
  return (await serve(t, { ...partsOf(await StatisticsWorld.open(t)), page, ...more })).url;
}

test("a browser is given the page, a program what is to be set", async (t) => {
  const url = await open(t);
  const page = await send(`${url}/`, asBrowser);
  assert.deepEqual([page.status, page.text], [200, index]);
  assert.equal(page.headers["content-type"], "text/html; charset=utf-8");
  assert.deepEqual(jsonOf(await send(`${url}/`)).missing, []);
  const missing = [{ option: "client_id", text: { fr: "L'identifiant manque.", en: "The id is missing." } }];
  const waiting = jsonOf(await send(`${await open(t, { missing })}/`));
  assert.match(String(waiting.fr), /^Donnez sur la page ce qui manque.*redémarrez-la\.$/);
  assert.match(String(waiting.en), /^Give on the page what is missing.*restart it\.$/);
  for (const answer of [page, await send(`${url}/`)]) assert.match(String(answer.headers.vary), /^accept(, |$)/);
});

test("below Home Assistant's menu the page is the same, because it names nothing by a whole address", async (t) => {
  const url = await open(t);
  const ingress = "/api/hassio_ingress/GtK2WvQ6LkR5bX8a";
  const page = await send(`${url}/`, { headers: { ...asBrowser.headers, "x-ingress-path": ingress } });
  assert.equal(page.text, index);
  const evil = await send(`${url}/`, { headers: { ...asBrowser.headers, "x-ingress-path": '"><script>' } });
  assert.equal(evil.text, index);
});

test("the page may load and ask its own server only, and be framed by its own origin only", async (t) => {
  const { headers } = await send(`${await open(t)}/`, asBrowser);
  const policy = new Map(
    String(headers["content-security-policy"])
      .split("; ")
      .map((rule) => [rule.split(" ", 1)[0], rule.split(" ").slice(1).join(" ")]),
  );
  assert.equal(policy.get("default-src"), "'none'");
  assert.equal(policy.get("script-src"), "'self'");
  assert.equal(policy.get("style-src"), "'self'");
  assert.doesNotMatch(String(headers["content-security-policy"]), /unsafe/);
  assert.equal(policy.get("connect-src"), "'self'");
  assert.equal(policy.get("frame-ancestors"), "'self'");
  assert.equal(headers["x-frame-options"], "SAMEORIGIN");
  assert.equal(headers["referrer-policy"], "same-origin");
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["cache-control"], "no-cache");
});

test("files named by their content are kept for a year, others are asked for again", async (t) => {
  const url = await open(t);
  const file = await send(`${url}/assets/main-ABCD1234.js`);
  assert.deepEqual([file.status, file.text], [200, script]);
  assert.match(String(file.headers["content-type"]), /^(text|application)\/javascript/);
  assert.equal(file.headers["cache-control"], "public, max-age=31536000, immutable");
  const icon = await send(`${url}/icon.svg`);
  assert.deepEqual([icon.headers["content-type"], icon.headers["cache-control"]], ["image/svg+xml", "no-cache"]);
  for (const address of ["/icon.svg", "/"]) {
    const { etag } = (await send(url + address, asBrowser)).headers;
    const again = await send(url + address, { headers: { ...asBrowser.headers, "if-none-match": String(etag) } });
    assert.deepEqual([again.status, again.text], [304, ""], address);
  }
  assert.equal((await send(`${url}/assets/main-ABCD1234.js`, { method: "HEAD" })).status, 200);
});

test("what the build compressed is sent so to who reads it", async (t) => {
  const url = await open(t);
  const answer = await fetch(`${url}/assets/main-ABCD1234.js`, { headers: { "accept-encoding": "br" } });
  assert.equal(answer.headers.get("content-encoding"), "br");
  assert.match(String(answer.headers.get("vary")), /accept-encoding/i);
  assert.equal(await answer.text(), script);
});

test("what is no file of the page is not there, however it is asked for", async (t) => {
  const url = await open(t);
  for (const target of [
    "/.env",
    "/secret.txt",
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/../../secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/assets/..\\..\\secret.txt",
    "/assets",
    "/assets/",
    "/assets/main-ABCD1234.js.map",
    "/assets/main-ABCD1234.js.br",
    "/assets/main-ABCD1234.js/",
    "/assets//main-ABCD1234.js",
    "/assets/main-ABCD1234.js%00.png",
    "/index.html.bak",
  ]) {
    const { status, body } = await getRaw(url, target);
    assert.equal(codeOf({ status, headers: {}, text: body }, 404), "not_found", target);
  }
  assert.equal(
    codeOf(await send(`${url}/assets/main-ABCD1234.js`, { method: "POST", body: {} }), 405),
    "method_not_allowed",
  );
});

test("without a built page a welcome stands in for it, and says how to build it", async (t) => {
  const url = await open(t, { page: null });
  const page = await send(`${url}/`, asBrowser);
  assert.equal(page.status, 200);
  assert.equal(page.text.match(/npm run build:page/g)?.length, 2);
  assert.equal(codeOf(await send(`${url}/assets/main-ABCD1234.js`), 404), "not_found");
});

test("a page that is built anew is served whole without another start", async (t) => {
  const page = await builtPage(t);
  const { url } = await serve(t, { ...partsOf(await StatisticsWorld.open(t)), page });
  assert.equal((await send(`${url}/assets/main-EFGH5678.js`)).status, 404);
  await writeFile(join(page, "assets/main-EFGH5678.js"), "console.log('anew')");
  await writeFile(join(page, "index.html"), index.replace("ABCD1234", "EFGH5678"));
  assert.match((await send(`${url}/`, asBrowser)).text, /main-EFGH5678\.js/);
  const { status, text, headers } = await send(`${url}/assets/main-EFGH5678.js`);
  assert.deepEqual([status, text], [200, "console.log('anew')"]);
  assert.equal(headers["cache-control"], "public, max-age=31536000, immutable");
  // Who has the former page open still gets what it asks for.
  assert.equal((await send(`${url}/assets/main-ABCD1234.js`)).status, 200);
});
