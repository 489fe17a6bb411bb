import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instant } from "../../src/domain/units.ts";
import type { Clock } from "../../src/shared/clock.ts";
import { freePort } from "./broker.ts";

const binary = ["victoria-metrics", "/usr/bin/victoria-metrics", "/usr/local/bin/victoria-metrics"].find(
  (candidate) => spawnSync(candidate, ["-version"]).error === undefined,
);

/** For `{ skip: … }`. @throws in CI, where it must be there. */
export function skipWithoutVictoriaMetrics(): false | string {
  if (binary) return false;
  if (process.env.CI) throw new Error("This test needs victoria-metrics");
  return "needs victoria-metrics";
}

/** As the documentation asks for it. */
export const goodFlags = ["-retentionPeriod=100y", "-dedup.minScrapeInterval=1ms"];

export interface RawSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly number[];
  readonly timestamps: readonly number[];
}

export interface VictoriaMetricsServer {
  readonly url: string;
  /** All samples that a selector matches, one entry a series. */
  read(selector: string): Promise<readonly RawSeries[]>;
  /** Sends lines as they are, and makes them visible. */
  write(...series: readonly RawSeries[]): Promise<void>;
  /** Makes visible at once what would take seconds. */
  flush(): Promise<void>;
  /** Deletes all series. */
  clear(): Promise<void>;
  /** SIGKILL; the data stay. */
  kill(): Promise<void>;
  restart(flags?: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** The real program on a free port of the loopback, its data in a temporary directory. */
export async function startVictoriaMetrics(
  flags: readonly string[] = goodFlags,
  { login }: { readonly login?: { readonly username: string; readonly password: string } } = {},
): Promise<VictoriaMetricsServer> {
  if (!binary) throw new Error("victoria-metrics is not installed");
  const program = binary;
  const directory = await mkdtemp(join(tmpdir(), "victoria-metrics-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const authorization = login
    ? { authorization: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}` }
    : {};
  const loginFlags = login ? [`-httpAuth.username=${login.username}`, `-httpAuth.password=${login.password}`] : [];
  const launchWith = (given: readonly string[]): Promise<ChildProcess> =>
    launch(program, url, [
      ...["-loggerLevel=ERROR", "-memory.allowedBytes=64MB", `-storageDataPath=${directory}`],
      ...[`-httpListenAddr=127.0.0.1:${port}`, ...loginFlags, ...given],
    ]);
  const authKey = flags.find((flag) => flag.startsWith("-deleteAuthKey="))?.split("=")[1];
  const key = authKey ? { authKey } : {};
  const post = async (path: string, body: string | URLSearchParams): Promise<string> => {
    const response = await fetch(`${url}${path}`, { method: "POST", body, headers: authorization });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return text;
  };
  const flush = async (): Promise<void> => void (await post("/internal/force_flush", ""));
  let child = await launchWith(flags);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  return {
    url,
    flush,
    async read(selector) {
      await flush();
      const text = await post("/api/v1/export", new URLSearchParams({ "match[]": selector, start: "1" }));
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line): RawSeries => JSON.parse(line));
    },
    async write(...series) {
      await post("/api/v1/import", series.map((one) => `${JSON.stringify(one)}\n`).join(""));
      await flush();
    },
    async clear() {
      await post("/api/v1/admin/tsdb/delete_series", new URLSearchParams({ "match[]": '{__name__!=""}', ...key }));
    },
    kill: () => end("SIGKILL"),
    async restart(given = flags) {
      await end("SIGTERM");
      child = await launchWith(given);
    },
    async stop() {
      await end("SIGTERM");
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function launch(program: string, url: string, flags: readonly string[]): Promise<ChildProcess> {
  const child = spawn(program, flags, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  for (let attempt = 0; attempt < 400; attempt++) {
    if (child.exitCode !== null) throw new Error(`victoria-metrics ended: ${said}`);
    const isUp = await fetch(`${url}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return child;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.kill("SIGKILL");
  throw new Error(`victoria-metrics does not answer: ${said}`);
}

/** A clock that stands at `start` but for its pauses, which are over once the server shows what it was sent. */
export function flushingClock(
  server: Pick<VictoriaMetricsServer, "flush">,
  start: number,
  { idle }: Pick<FaultyProxy, "idle">,
): Clock {
  let now = start;
  return {
    now: () => instant(now),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      now += ms;
      await idle();
      await server.flush().catch(() => undefined);
      signal?.throwIfAborted();
    },
  };
}

/** One request on its way to the server. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  /** As it was sent, compressed or not. */
  readonly body: Buffer;
}

export interface Verdict {
  /** Answer this in the server's place, and let it know nothing. */
  readonly instead?: { readonly status: number; readonly text?: string; readonly headers?: Record<string, string> };
  /** Let the server act, and keep its answer back for ever. */
  readonly loseAnswer?: boolean;
}

export interface FaultyProxy {
  readonly url: string;
  readonly seen: readonly Passing[];
  /** Decides on each request; null lets all of them pass. */
  onRequest: ((passing: Passing) => Verdict | undefined) | null;
  /** Resolves when the server has answered all that was let through. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Stands before a server, counts, and plays faults that the server itself cannot. */
export async function startProxy(target: string): Promise<FaultyProxy> {
  const seen: Passing[] = [];
  const pending = new Set<Promise<void>>();
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const passing = { method: incoming.method ?? "", path: incoming.url ?? "", body };
    seen.push(passing);
    const { instead, loseAnswer = false } = proxy.onRequest?.(passing) ?? {};
    if (instead) {
      outgoing.writeHead(instead.status, instead.headers).end(instead.text ?? "");
      return;
    }
    let answered = (): void => undefined;
    const answer = new Promise<void>((resolve) => {
      answered = resolve;
    });
    pending.add(answer);
    void answer.then(() => pending.delete(answer));
    const onward = httpRequest(
      `${target}${passing.path}`,
      { method: passing.method, headers: { ...incoming.headers, host: new URL(target).host } },
      (reply) => {
        answered();
        if (loseAnswer) {
          reply.resume();
          return;
        }
        outgoing.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(outgoing);
      },
    );
    onward.on("error", () => {
      answered();
      outgoing.destroy();
    });
    onward.end(body);
  });
  const port = await listen(server);
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${port}`,
    seen,
    onRequest: null,
    async idle() {
      await Promise.all(pending);
    },
    async stop() {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
