import assert from "node:assert/strict";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { closeSql, openSql } from "../../src/adapters/postgres/connection.ts";
import { waitUntil } from "../../src/adapters/postgres/launcher/processes.ts";
import { destinationNames } from "../../src/sync/exports/destination.ts";
import { freePort } from "../support/broker.ts";
import type { Program } from "../support/process-program.ts";
import { type ProcessWorld, processAccount, processWorld, youngFlat } from "../support/process-world.ts";

/** Each begins with eight characters that stand nowhere else, and that no way of writing changes. */
interface Secrets {
  readonly password: string;
  readonly header: string;
  readonly proxyToken: string;
  readonly deleteAuthKey: string;
  readonly apiKey: string;
  readonly token: string;
}

const secretsOf = (origin: string): Secrets => ({
  // Everything that URLs, JSON, HTML and forms write otherwise.
  password: `Vmpw7Kx${origin}93&<é>"/ +'%\\`,
  header: `Hdr5ecr${origin}41Zq`,
  proxyToken: `Prx8tkn${origin}52Yw/a+b=`,
  deleteAuthKey: `Dkey3Qm${origin}77 &<q>"`,
  apiKey: `Jdk9fZr${origin}84PqLm`,
  token: `Hat4Xsw${origin}63GhJk`,
});
const username = "linky";

/** What a refused PUT is given; nothing of it is ever kept. */
const refusedSecrets = { url: "Urlpw2Bd18", name: "Hnam6Tyu27", text: "Htxt1Rfv36", query: "Qury8Ujm45" };

const basicOf = ({ password }: Secrets): string => Buffer.from(`${username}:${password}`).toString("base64");

/** Beginnings by which a secret is known again, cut short too. */
const tracesOf = (secrets: Secrets): readonly string[] => [
  ...Object.values(secrets).map((secret) => secret.slice(0, 8)),
  // Behind what belongs to the name alone: `linky:` is eight characters of base64.
  basicOf(secrets).slice(8, 18),
];

function assertNoSecret(secrets: Secrets, texts: Readonly<Record<string, string>>): void {
  const found: string[] = [];
  for (const trace of [...tracesOf(secrets), ...Object.values(refusedSecrets).map((secret) => secret.slice(0, 8))])
    for (const [where, text] of Object.entries(texts)) {
      const position = text.toLowerCase().indexOf(trace.toLowerCase());
      if (position >= 0) found.push(`${trace} in ${where}: ${text.slice(Math.max(0, position - 300), position + 60)}`);
    }
  assert.deepEqual(found, []);
}

const inPage = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const spellingsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams({ k: secret }).toString().slice(2),
  JSON.stringify(secret),
  inPage(secret).replaceAll('"', "&quot;"),
  inPage(secret).replaceAll('"', "&quot;").replaceAll("'", "&#039;"),
  inPage(secret).replaceAll('"', "&#34;").replaceAll("'", "&#39;"),
];

/**
 * What a peer does with what it is sent:
 *
 * | manner | it |
 * |---|---|
 * | refuses | HTTP 401, with a page that repeats all it knows |
 * | fails | HTTP 500, likewise |
 * | blames | HTTP 400, likewise, in words that name the login |
 * | redirects | to an address with the secrets in it |
 * | chats | HTTP 200 and a page that repeats all it knows |
 * | pretends | the right form, with secrets for values |
 * | breaks | off in the middle of the answer |
 */
const manners = ["refuses", "fails", "blames", "redirects", "chats", "pretends", "breaks"] as const;
type Manner = (typeof manners)[number];

/** Stands for all three destinations, and gives away whatever it is told. */
class Parrot {
  readonly url: string;
  /** Requests as they came: heads and bodies. */
  heard: string[] = [];
  manner: Manner = "refuses";
  #secrets: Secrets;

  private constructor(url: string, secrets: Secrets) {
    this.url = url;
    this.#secrets = secrets;
  }

  static async start(t: TestContext, secrets: Secrets): Promise<Parrot> {
    const server = createServer((request, response) => {
      parrot.#answer(request, response).catch(() => response.destroy());
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    const parrot = new Parrot(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`, secrets);
    t.after(() => {
      server.close();
      server.closeAllConnections();
    });
    return parrot;
  }

  learns(secrets: Secrets): void {
    this.#secrets = secrets;
    this.heard = [];
  }

  /** In every spelling; some behind so many characters that a cut may fall into the midst of them. */
  get #all(): string {
    const secrets = [...Object.values(this.#secrets), basicOf(this.#secrets)];
    return [
      ...secrets.map((secret) => `${"x".repeat(74)}${secret}`),
      ...secrets.flatMap(spellingsOf),
      `remoteAddr: "127.0.0.1:1"; requestURI: /?authKey=${encodeURIComponent(this.#secrets.deleteAuthKey)}; `,
      `Authorization: Basic ${basicOf(this.#secrets)}, Authorization: Bearer ${this.#secrets.token}`,
    ].join(" ");
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await buffer(request);
    const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(raw).toString() : raw.toString();
    this.heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`);
    const page = `<html><body>${this.#all}</body></html>`;
    switch (this.manner) {
      case "refuses":
        return void response.writeHead(401, { "content-type": "text/html" }).end(page);
      case "fails":
        return void response.writeHead(500, { "content-type": "text/html" }).end(this.#all);
      case "blames":
        return void response.writeHead(400).end(`cannot find the provided auth token ${this.#all}`);
      case "redirects":
        return void response.writeHead(302, { location: `${this.url}/?k=${encodeURIComponent(this.#all)}` }).end(page);
      case "chats":
        return void response.writeHead(200, { "content-type": "text/html" }).end(this.#all);
      case "pretends":
        return this.#pretend(request.url ?? "/", body, response);
      case "breaks":
        response.writeHead(200, { "content-length": "100000" }).write(this.#all);
        return void setTimeout(() => response.destroy(), 20);
    }
  }

  #pretend(path: string, body: string, response: ServerResponse): void {
    const [status, said] = this.#pretended(path, body);
    const text = typeof said === "string" ? said : JSON.stringify(said);
    response.writeHead(status).end(status === 204 ? undefined : text);
  }

  #pretended(path: string, body: string): readonly [status: number, said: unknown] {
    const all = this.#all;
    if (path.startsWith("/core/api/jeeApi.php")) return [200, this.#asJeedom(body)];
    if (path.startsWith("/api/states/")) return [200, { message: all, state: all, attributes: {} }];
    switch (path) {
      case "/api/v1/import":
        return [204, ""];
      case "/api/v1/admin/tsdb/delete_series":
        return [400, `wrong authKey "${all}"`];
      case "/api/v1/export":
        return [200, `${all}\n`];
      case "/api/v1/query?query=1":
        return [200, { status: "success", data: [{ [this.#secrets.password]: all }] }];
      case "/metrics":
        return [200, `flag{name="retentionPeriod", value="${this.#secrets.header}", is_set="true"} 1\n`];
      case "/api/config":
        return [200, { version: all, state: "RUNNING" }];
      default:
        return [404, all];
    }
  }

  #asJeedom(body: string): unknown {
    const answer = (result: unknown) => ({ jsonrpc: "2.0", id: 1, result });
    const all = this.#all;
    if (body.includes('"ping"')) return answer("pong");
    if (body.includes('"version"')) return answer(all);
    if (body.includes('"config::byKey"')) return answer("Europe/Paris");
    if (body.includes('"plugin::listPlugin"')) return answer([{ id: "virtual" }]);
    if (body.includes('"eqLogic::byType"'))
      return answer([
        { id: 1, name: all, logicalId: "linky_bridge:x", isEnable: 1, object_id: null, eqType_name: "virtual" },
      ]);
    return { jsonrpc: "2.0", id: 1, error: { code: -32000, message: `SQLSTATE ${all}` } };
  }
}

interface Visitor {
  readonly ask: (path: string, method?: string, body?: unknown) => Promise<string>;
  readonly pageUrl: string;
}

/** Every answer that tells of exports or of the program, and the page. */
async function readEverything({ ask, pageUrl }: Visitor): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  for (const path of [
    ...["/api/settings", "/api/export/configs", "/api/export/logs", "/api/exports", "/api/diagnostics"],
    ...["/metrics", "/api/overview", "/api/sync", "/health", "/docs/json", "/api/pdl"],
    ...destinationNames.map((name) => `/api/export/configs/${name}`),
  ])
    texts[path] = await ask(path);
  texts.page = await (await fetch(pageUrl)).text();
  return texts;
}

/** Runs and tries every destination; what was answered. */
async function provoke({ ask }: Visitor, manner: Manner): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  for (const name of destinationNames) {
    texts[`${manner}: run of ${name}`] = await ask(`/api/export/${name}/run`, "POST");
    texts[`${manner}: trial of ${name}`] = await ask(`/api/export/configs/${name}/test`, "POST", { changes: {} });
  }
  return texts;
}

/** Requests that are refused for what they hold. */
async function refusals({ ask }: Visitor): Promise<Readonly<Record<string, string>>> {
  const { url, name, text, query } = refusedSecrets;
  const bad: readonly (readonly [(typeof destinationNames)[number] | "nowhere", Record<string, unknown>])[] = [
    ["victoriametrics", { url: `http://admin:${url}@127.0.0.1:8428` }],
    ["victoriametrics", { url: `admin:${url}@127.0.0.1:8428` }],
    ["victoriametrics", { read_url: `http:admin:${url}@127.0.0.1:8428` }],
    ["victoriametrics", { delete_url: `https://127.0.0.1:8428/?authKey=${query}` }],
    ["victoriametrics", { url: `127.0.0.1:8428?authKey=${query}` }],
    ["victoriametrics", { headers: `{"Authorization: Bearer ${name}":"x"}` }],
    ["victoriametrics", { headers: `{"X-Key":"${text}\\u0007"}` }],
    ["victoriametrics", { headers: `Authorization: Bearer ${text}` }],
    ["victoriametrics", { headers: { "X-Key": [text] } }],
    ["victoriametrics", { username: null, password: text, token: `${text} é` }],
    ["jeedom", { url: `http://admin:${url}@127.0.0.1` }],
    ["jeedom", { url: `http://127.0.0.1/index.php?apikey=${query}` }],
    ["jeedom", { api_key: `${text} with a space` }],
    ["nowhere", { api_key: text }],
  ];
  const texts: Record<string, string> = {};
  for (const [position, [type, settings]] of bad.entries())
    for (const [method, path, body] of [
      ["PUT", `/api/export/configs/${type}`, { settings }],
      ["POST", `/api/export/configs/${type}/test`, { changes: settings }],
    ] as const) {
      const answer = await ask(path, method, body);
      assert.match(answer, /^4\d\d /, `${path} ${JSON.stringify(settings)}`);
      texts[`${method} number ${position + 1}`] = answer;
    }
  return texts;
}

class Service {
  readonly world: ProcessWorld;
  readonly visitor: Visitor;
  readonly #env: Readonly<Record<string, string>>;
  readonly #base: string;

  private constructor(world: ProcessWorld, ports: { api: number; page: number }) {
    this.world = world;
    this.#base = `http://127.0.0.1:${ports.api}`;
    this.#env = {
      ...{ API_PORT: String(ports.api), LINKY_WEB_PORT: String(ports.page) },
      ...{ LINKY_LOG_LEVEL: "trace", PROMETHEUS_ENABLED: "true" },
    };
    const ask = async (path: string, method = "GET", body?: unknown): Promise<string> => {
      const answer = await fetch(`${this.#base}${path}`, {
        method,
        headers: { "x-linky-bridge": "page", ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return `${answer.status} ${await answer.text()}`;
    };
    this.visitor = { ask, pageUrl: `http://127.0.0.1:${ports.page}/` };
  }

  static async of(t: TestContext): Promise<Service> {
    const world = await processWorld(t, { accounts: [{ ...processAccount, usagePoints: youngFlat() }] });
    return new Service(world, { api: await freePort(), page: await freePort() });
  }

  command = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Program =>
    this.world.start(args, { ...this.#env, ...env });

  async start(env: Readonly<Record<string, string>> = {}): Promise<Program> {
    const program = this.command(["start"], env);
    await this.isUp(program);
    return program;
  }

  async isUp(program: Program): Promise<void> {
    const isUp = async (): Promise<boolean> => (await this.visitor.ask("/health").catch(() => "")).startsWith("200");
    assert.ok(await waitUntil(isUp, { withinMs: 90_000 }), program.said);
  }

  backup = async (): Promise<string> => {
    const answer = await fetch(`${this.#base}/api/backup`);
    return gunzipSync(Buffer.from(await answer.arrayBuffer())).toString();
  };

  /** Every row of every table but those of readings, sealed bytes as they are. */
  async database(): Promise<string> {
    const { dataDir } = this.world;
    const cluster = (await readdir(dataDir)).find((name) => /^pg\d+$/.test(name)) ?? "";
    const sql = openSql({ host: join(dataDir, cluster), port: 5432, user: "linky", database: "linky" });
    try {
      const tables = await sql<{ name: string }[]>`
        select table_name as name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('slot', 'statistic_hour')`;
      const texts: string[] = [];
      for (const { name } of tables) {
        const rows = await sql<{ text: string }[]>`select row_to_json(one)::text as text from ${sql(name)} as one`;
        texts.push(...rows.map(({ text }) => `${name} ${text} ${bytesIn(text)}`));
      }
      return texts.join("\n");
    } finally {
      await closeSql(sql);
    }
  }

  published = (): string => this.world.broker.seen.map(({ topic, payload }) => `${topic} ${payload}`).join("\n");
}

/** What columns of bytes would say as text. */
const bytesIn = (row: string): string =>
  [...row.matchAll(/"\\\\x([0-9a-f]+)"/g)].map(([, hex = ""]) => Buffer.from(hex, "hex").toString("latin1")).join(" ");

/** Whatever was done with the destinations: nothing of a secret is anywhere. */
async function provokeAndSearch(
  { service, parrot, program }: { service: Service; parrot: Parrot; program: Program },
  secrets: Secrets,
  which: readonly Manner[] = manners,
): Promise<void> {
  const { visitor } = service;
  for (const manner of which) {
    parrot.manner = manner;
    assertNoSecret(secrets, { ...(await provoke(visitor, manner)), ...(await readEverything(visitor)) });
  }
  const sent = parrot.heard.join("\n");
  // The form writes a space as a plus sign, and JSON stands in the body as it is.
  for (const secret of [basicOf(secrets), secrets.header, secrets.proxyToken, secrets.apiKey, secrets.token])
    assert.ok(sent.includes(secret), "what is searched for was sent");
  const stored = await service.database();
  assert.match(stored, /"status":"(failed|partial)"/, "runs are in the log");
  const texts = { database: stored, backup: await service.backup(), mqtt: service.published(), log: program.said };
  assertNoSecret(secrets, texts);
  // Something was there to be hidden.
  assert.match(stored, /•••/);
}

const pageSettings = (url: string, secrets: Secrets) => ({
  victoriametrics: {
    ...{ url, username, password: secrets.password, delete_auth_key: secrets.deleteAuthKey },
    headers: JSON.stringify({ "X-Scope-OrgID": secrets.header, "X-Proxy": `Bearer ${secrets.proxyToken}` }),
  },
  jeedom: { url, api_key: secrets.apiKey },
});

test("secrets set in the page are nowhere to be read, whatever the destinations answer, and outlive a new key", {
  timeout: 240_000,
}, async (t) => {
  const secrets = secretsOf("P");
  const parrot = await Parrot.start(t, secrets);
  const service = await Service.of(t);
  const { visitor, world } = service;
  const first = await service.start();
  await first.says("tour terminé", 90_000);
  const starts = (): number => first.stdout.split("API prête").length;
  const change = async (path: string, body: unknown): Promise<void> => {
    const before = starts();
    const answer = await visitor.ask(path, "PUT", body);
    assert.match(answer, /^200 .*"isChanged":true/);
    assertNoSecret(secrets, { [path]: answer });
    // The answer goes out before the service starts anew.
    assert.ok(await waitUntil(() => starts() > before, { withinMs: 60_000 }), first.said);
    await service.isUp(first);
  };
  for (const [type, settings] of Object.entries(pageSettings(parrot.url, secrets)))
    await change(`/api/export/configs/${type}`, { settings });
  const home = {
    homeassistant_url: parrot.url,
    homeassistant_token: secrets.token,
    homeassistant_states_enabled: true,
  };
  await change("/api/settings", { changes: home });
  assertNoSecret(secrets, await refusals(visitor));
  await provokeAndSearch({ service, parrot, program: first }, secrets);
  await first.stop("SIGTERM");
  assertNoSecret(secrets, { log: first.said });

  const rotated = await service.command(["secrets", "rotate"]).ended();
  assert.equal(rotated.code, 0, rotated.stdout + rotated.stderr);
  // No key is shown to what does not answer as a Jeedom does.
  parrot.manner = "pretends";
  parrot.learns(secrets);
  const second = await service.start();
  for (const name of destinationNames) await visitor.ask(`/api/export/${name}/run`, "POST");
  const sent = parrot.heard.join("\n");
  for (const secret of [basicOf(secrets), secrets.header, secrets.apiKey, secrets.token])
    assert.ok(sent.includes(secret), "it is still sent");
  await second.stop("SIGTERM");
  const key = (await readFile(join(world.dataDir, "secret.key"), "utf8")).trim();
  assert.ok(key !== "" && !first.said.includes(key) && !second.said.includes(key));
  assertNoSecret(secrets, { rotated: rotated.stdout + rotated.stderr, log: second.said });
});

test("secrets of the environment are nowhere to be read, the commands' answers included", {
  timeout: 240_000,
}, async (t) => {
  const secrets = secretsOf("E");
  const parrot = await Parrot.start(t, secrets);
  const service = await Service.of(t);
  const env = {
    VICTORIAMETRICS_URL: parrot.url,
    VICTORIAMETRICS_USERNAME: username,
    VICTORIAMETRICS_PASSWORD: secrets.password,
    VICTORIAMETRICS_HEADERS: JSON.stringify({
      "X-Scope-OrgID": secrets.header,
      "X-Proxy": `Bearer ${secrets.proxyToken}`,
    }),
    VICTORIAMETRICS_DELETE_AUTH_KEY: secrets.deleteAuthKey,
    JEEDOM_URL: parrot.url,
    JEEDOM_API_KEY: secrets.apiKey,
    HOMEASSISTANT_URL: parrot.url,
    HOMEASSISTANT_TOKEN: secrets.token,
    HOMEASSISTANT_STATES_ENABLED: "true",
  };
  const program = await service.start(env);
  await program.says("tour terminé", 90_000);
  await provokeAndSearch({ service, parrot, program }, secrets, ["blames", "pretends"]);
  const commands = [
    [["doctor"], "pretends"],
    [["export", "--json"], "chats"],
    [["test-export", "victoriametrics"], "fails"],
  ] as const;
  for (const [args, manner] of process.env.LINKY_LONG_TESTS ? commands : commands.slice(0, 2)) {
    parrot.manner = manner;
    const { stdout, stderr } = await service.command(args, env).ended();
    assert.notEqual(stdout, "");
    assertNoSecret(secrets, { [args.join(" ")]: stdout + stderr });
  }
  await program.stop("SIGTERM");
  assertNoSecret(secrets, { log: program.said });
});
