import assert from "node:assert/strict";
import { Writable } from "node:stream";
import type { TestContext } from "node:test";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { createAccessStore } from "../../src/adapters/postgres/access.ts";
import { buildApp } from "../../src/server/app.ts";
import type { Door } from "../../src/server/guard.ts";
import type { ServerParts } from "../../src/server/parts.ts";
import { sessionCookie } from "../../src/server/security/visitor.ts";
import { SteppedClock } from "../../src/shared/clock.ts";
import { createLog } from "../../src/shared/log.ts";
import { type Access, accessMemory, createAccess } from "../../src/sync/access/access.ts";
import { StatisticsWorld } from "../support/statistics-world.ts";
import { partsOf } from "./api.ts";

export const password = "quatre petits mots choisis";

export interface Asked {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE" | "HEAD" | "OPTIONS";
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: another machine of the household's network. */
  readonly from?: string;
  /** A session's cookie. */
  readonly cookie?: string;
}

export interface AccessWorld {
  readonly app: FastifyInstance;
  readonly parts: ServerParts;
  readonly access: Access;
  readonly world: StatisticsWorld;
  readonly clock: SteppedClock;
  /** All that was logged, at trace. */
  readonly logged: () => string;
  ask(path: string, asked?: Asked): Promise<LightMyRequestResponse>;
}

export const lan = "192.168.1.20";
const page = { "x-linky-bridge": "page" };

/** The whole API, with its security, as it is asked from any address. */
export async function accessWorld(
  t: TestContext,
  { host = "0.0.0.0", supervisor = "absent" }: Partial<Door> = {},
  more: Partial<ServerParts> = {},
): Promise<AccessWorld> {
  const world = await StatisticsWorld.open(t);
  const clock = new SteppedClock(world.clock.now());
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = createLog({ level: "trace", format: "json" }, sink);
  const access = createAccess({ store: createAccessStore(world.database.sql), clock, memory: accessMemory() });
  const parts: ServerParts = { ...partsOf(world), clock, security: { access, language: "fr", log }, ...more };
  const app = buildApp({
    parts,
    log,
    door: { host, supervisor },
    signal: new AbortController().signal,
  });
  t.after(() => app.close());
  return {
    app,
    parts,
    access,
    world,
    clock,
    logged: () => lines.join(""),
    ask: (path, { method = "GET", body, headers = {}, from = lan, cookie } = {}) =>
      app.inject({
        method,
        url: path,
        remoteAddress: from,
        headers: {
          host: from === "127.0.0.1" ? "127.0.0.1:8181" : "192.168.1.5:8181",
          ...page,
          ...(cookie === undefined ? {} : { cookie: `${sessionCookie}=${cookie}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      }),
  };
}

/** The error's code; the answer has to be of that status and in its one form. */
export function refusalOf(answer: LightMyRequestResponse, status: number): string {
  assert.equal(answer.statusCode, status, answer.body);
  const { error } = answer.json<{ error: { code: string; fr: string; en: string } }>();
  assert.deepEqual(Object.keys(error).sort(), ["code", "en", "fr"]);
  assert.notEqual(error.fr, error.en);
  return error.code;
}

/** The session's token out of the answer's cookie. */
export function cookieIn(answer: LightMyRequestResponse): string {
  assert.equal(answer.statusCode, 200, answer.body);
  const [cookie] = answer.cookies.filter(({ name }) => name === sessionCookie);
  assert.ok(cookie, "no cookie");
  return cookie.value;
}

/** Logs in from `lan`. */
export async function loggedIn({ ask, access }: AccessWorld): Promise<string> {
  if (!(await access.hasPassword())) await access.resetPassword(password);
  return cookieIn(await ask("/api/session", { method: "POST", body: { password } }));
}
