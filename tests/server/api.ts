import assert from "node:assert/strict";
import { request } from "node:http";
import type { TestContext } from "node:test";
import type { ServerParts } from "../../src/server/parts.ts";
import { createServer, type RunningServer } from "../../src/server/server.ts";
import { silentLog } from "../../src/shared/log.ts";
import type { StatisticsWorld } from "../support/statistics-world.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export const partsOf = (world: StatisticsWorld): ServerParts => ({
  store: world.store,
  clock: world.clock,
  version: "1.2.3",
  account: world.deps.account,
  plans: world.deps.plans,
  statistics: world.deps,
  lastPass: () => null,
});

/** The API over a world, on a free port; closed after the test. */
export async function serve(
  t: Pick<TestContext, "after">,
  parts: ServerParts,
  host = "127.0.0.1",
): Promise<RunningServer> {
  const server = await createServer({ parts, log: silentLog(), host, port: 0 });
  assert.ok(server, "the port is taken");
  t.after(() => server.close());
  return server;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A request with exactly these headers, `host` included, which `fetch` would not send. */
export function send(url: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Answer> {
  const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const type: Readonly<Record<string, string>> = text === undefined ? {} : { "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...type, ...headers }, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(text);
  });
}

export const post = (url: string, body: unknown): Promise<Answer> => send(url, { method: "POST", body });

/** The parsed answer, which has to be of that status. */
export function jsonOf(answer: Answer, status = 200): Record<string, unknown> {
  assert.equal(answer.status, status, answer.text);
  const content: unknown = JSON.parse(answer.text);
  assert.ok(typeof content === "object" && content !== null);
  return Object.fromEntries(Object.entries(content));
}

/** The code of an error in its one form, with a sentence in both languages. */
export function codeOf(answer: Answer, status: number): unknown {
  const { error, ...rest } = jsonOf(answer, status);
  assert.deepEqual(rest, {});
  assert.ok(typeof error === "object" && error !== null);
  const { code, fr, en, ...more } = Object.fromEntries(Object.entries(error));
  assert.deepEqual(more, {});
  for (const sentence of [fr, en]) assert.ok(typeof sentence === "string" && sentence.length > 10, answer.text);
  assert.notEqual(fr, en);
  return code;
}
