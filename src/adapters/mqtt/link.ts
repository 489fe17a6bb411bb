import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { connect, type IClientOptions, type MqttClient } from "mqtt";
import { explain, failure, type MqttFailure } from "./failure.ts";
import type { Timing } from "./timing.ts";

/** What the client writes its packets with: the client's own, whose settings it does not pass on. */
const packets: { readonly writeToStream: { cacheNumbers: boolean } } = createRequire(import.meta.resolve("mqtt"))(
  "mqtt-packet",
);
// Otherwise the first packet makes a buffer of each number up to 65,535, and the program keeps 10 MB of them for ever.
packets.writeToStream.cacheNumbers = false;

/** Where the broker is and what it wants to see. Paths are of PEM files. */
export interface BrokerSettings {
  /** `mqtt`, `mqtts`, `ws` or `wss`, without credentials. */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly tls: {
    readonly caCert: string | null;
    readonly clientCert: string | null;
    readonly clientKey: string | null;
  };
}

export interface Incoming {
  readonly topic: string;
  readonly payload: string;
  /** Kept by the broker from before, not said just now. */
  readonly isRetained: boolean;
}

/** One connection from its acceptance to its end. It never comes back: the next attempt makes a new one. */
export interface Link {
  /** Resolves when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;
  /** @throws MqttFailure when it is not acknowledged in time or the connection ends first. */
  publish(topic: string, payload: string, how: { readonly qos: 0 | 1 | 2; readonly retain: boolean }): Promise<void>;
  subscribe(topics: readonly string[]): Promise<void>;
  unsubscribe(topics: readonly string[]): Promise<void>;
  onMessage(listener: (message: Incoming) => void): () => void;
  /** Says goodbye, so that the last will is not published. */
  end(): Promise<void>;
}

/** An id nobody else has: two connections with the same one throw each other out for ever. */
export const newClientId = (): string => `linky_bridge_${randomBytes(6).toString("hex")}`;

export interface Will {
  readonly topic: string;
  readonly payload: string;
}

export interface LinkOptions {
  readonly clientId: string;
  readonly will: Will | null;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

/**
 * A connection the broker has accepted, in MQTT 3.1.1 and with a clean session. The client's own reconnection stays
 * off: it would send again, late, what it had not got rid of, over newer values.
 * @throws MqttFailure
 */
export async function openLink(broker: BrokerSettings, { clientId, will, timing, signal }: LinkOptions): Promise<Link> {
  const client = connect(broker.url, {
    ...(await credentials(broker)),
    clientId,
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    connectTimeout: timing.connectMs,
    keepalive: 30,
    ...(will ? { will: { ...will, payload: Buffer.from(will.payload), qos: 1, retain: true } } : {}),
  });
  // Without a listener an error after acceptance would end the process; the end of the connection tells enough.
  client.on("error", () => undefined);
  await accepted(client, broker.url, { limitMs: timing.connectMs, signal });
  return linkOver(client, broker.url, timing);
}

async function credentials({ url, username, password, tls }: BrokerSettings): Promise<IClientOptions> {
  const read = async (path: string): Promise<Buffer> => {
    try {
      return await readFile(path);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? `, ${error.code}` : "";
      throw failure("file_unreadable", { broker: url, detail: `${path}${code}` }, error);
    }
  };
  return {
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...(tls.caCert === null ? {} : { ca: await read(tls.caCert) }),
    ...(tls.clientCert === null ? {} : { cert: await read(tls.clientCert) }),
    ...(tls.clientKey === null ? {} : { key: await read(tls.clientKey) }),
  };
}

function accepted(
  client: MqttClient,
  url: string,
  { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (error: unknown): void => {
      leave();
      client.end(true);
      reject(refusal(explain(error, url), url));
    };
    const ended = (): void => giveUp(failure("connection_lost", { broker: url, detail: "" }));
    const arrived = (): void => {
      leave();
      resolve();
    };
    // The client's own limit begins with the connected socket; this one covers the way there.
    const timer = setTimeout(() => giveUp(failure("timeout", { broker: url, detail: "" })), limitMs);
    const leave = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", ended);
      client.off("error", giveUp).off("close", ended).off("connect", arrived);
    };
    client.once("error", giveUp).once("close", ended).once("connect", arrived);
    if (signal.aborted) ended();
    else signal.addEventListener("abort", ended);
  });
}

/** A broker that hangs up before it has accepted refuses; over TLS that is how it refuses a certificate. */
function refusal(problem: MqttFailure, url: string): MqttFailure {
  if (problem.code !== "connection_lost") return problem;
  return failure(/^(mqtts|wss):/.test(url) ? "tls" : "client_refused", { broker: url, detail: "ECONNRESET" }, problem);
}

function linkOver(client: MqttClient, url: string, { acknowledgeMs }: Timing): Link {
  const closed = new Promise<void>((resolve) => client.once("close", () => resolve()));
  const lost = closed.then(() => {
    throw failure("connection_lost", { broker: url, detail: "" });
  });
  // Whoever waits gets it through the race below; when nobody waits it is no news.
  lost.catch(() => undefined);

  /** Waits for the broker's word; without one in time the connection is given up. */
  async function acknowledged(answer: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        client.end(true);
        reject(failure("timeout", { broker: url, detail: "" }));
      }, acknowledgeMs);
    });
    answer.catch(() => undefined);
    try {
      await Promise.race([answer, lost, late]);
    } catch (error) {
      throw explain(error, url);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    closed,
    publish: (topic, payload, how) => acknowledged(client.publishAsync(topic, payload, how)),
    async subscribe(topics) {
      if (topics.length > 0) await acknowledged(client.subscribeAsync([...topics], { qos: 0 }));
    },
    async unsubscribe(topics) {
      if (topics.length > 0) await acknowledged(client.unsubscribeAsync([...topics]));
    },
    onMessage(listener) {
      const hear = (topic: string, payload: Buffer, packet: { readonly retain: boolean }): void =>
        listener({ topic, payload: payload.toString("utf8"), isRetained: packet.retain });
      client.on("message", hear);
      return () => client.off("message", hear);
    },
    async end() {
      await Promise.race([client.endAsync(), closed]);
    },
  };
}
