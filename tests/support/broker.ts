import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import {
  type AddressInfo,
  connect as connectTcp,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { Aedes } from "aedes";

export interface Seen {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  readonly clientId: string;
}

export interface TestBroker {
  readonly url: string;
  readonly port: number;
  /** Every message published by a client, in order. */
  readonly seen: readonly Seen[];
  stop(): Promise<void>;
}

interface AedesOptions {
  /** The port of an earlier one, to come back at the same address. */
  readonly port?: number;
  readonly tls?: TlsOptions;
  readonly login?: { readonly username: string; readonly password: string };
  /** Called before a message is accepted; may stop the broker under it. */
  readonly onPublish?: (seen: Seen) => void;
}

/** A broker in this process, MQTT 3.1.1, nothing kept beyond its end. */
export async function startAedes({ port = 0, tls, login, onPublish }: AedesOptions = {}): Promise<TestBroker> {
  const broker = await Aedes.createBroker();
  const seen: Seen[] = [];
  if (login)
    broker.authenticate = (_client, username, password, done) => {
      const isRight = username === login.username && password?.toString() === login.password;
      // 4: bad user name or password (MQTT 3.1.1, 3.2.2.3).
      if (isRight) done(null, true);
      else done(Object.assign(new Error("Bad login"), { returnCode: 4 }), false);
    };
  broker.authorizePublish = (client, { topic, payload, retain }, done) => {
    const message = { topic, payload: payload.toString(), retain, clientId: client?.id ?? "" };
    seen.push(message);
    onPublish?.(message);
    done(null);
  };
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    broker.handle(socket);
  };
  const server = tls ? createTlsServer(tls, accept) : createTcpServer(accept);
  const bound = await listen(server, port);
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await new Promise<void>((resolve) => broker.close(resolve));
  };
  return {
    url: `${tls ? "mqtts" : "mqtt"}://127.0.0.1:${bound}`,
    port: bound,
    seen,
    stop() {
      stopped ??= stopAll();
      return stopped;
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createTcpServer();
  const port = await listen(server, 0);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** Debian installs it outside an ordinary user's path. */
const mosquittoBinary = ["mosquitto", "/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto"].find(
  (candidate) => spawnSync(candidate, ["-h"]).error === undefined,
);

/** For `{ skip: … }`. @throws in CI, where it must be there. */
export function skipWithoutMosquitto(): false | string {
  if (mosquittoBinary) return false;
  if (process.env.CI) throw new Error("This test needs mosquitto");
  return "needs mosquitto";
}

export interface Mosquitto {
  readonly url: string;
  /** SIGKILL: no last will is sent, no connection closed in order. */
  kill(): Promise<void>;
  /** Starts it again at the same address, with nothing retained. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The real broker on a free port of the loopback, without persistence. `lines` are added to its configuration. */
export async function startMosquitto(lines: readonly string[] = []): Promise<Mosquitto> {
  if (!mosquittoBinary) throw new Error("mosquitto is not installed");
  const binary = mosquittoBinary;
  const directory = await mkdtemp(join(tmpdir(), "mosquitto-"));
  const port = await freePort();
  const file = join(directory, "mosquitto.conf");
  const isOpen = lines.some((line) => line.startsWith("allow_anonymous"));
  await writeFile(
    file,
    [`listener ${port} 127.0.0.1`, ...(isOpen ? [] : ["allow_anonymous true"]), "persistence false", ...lines, ""].join(
      "\n",
    ),
  );
  let child = await launch(binary, file, port);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  return {
    url: `mqtt://127.0.0.1:${port}`,
    kill: () => end("SIGKILL"),
    async restart() {
      child = await launch(binary, file, port);
    },
    async stop() {
      await end("SIGTERM");
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function launch(binary: string, file: string, port: number): Promise<ChildProcess> {
  const child = spawn(binary, ["-c", file], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) throw new Error(`mosquitto ended: ${said}`);
    if (await isListening(port)) return child;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.kill("SIGKILL");
  throw new Error(`mosquitto does not listen: ${said}`);
}

async function isListening(port: number): Promise<boolean> {
  const socket = connectTcp(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
