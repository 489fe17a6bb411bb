import type { TestContext } from "node:test";
import { WebSocket } from "ws";
import type { Instant } from "../../../src/domain/units.ts";
import { instant } from "../../../src/domain/units.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import {
  createHomeAssistant,
  type HomeAssistantDouble,
  type HomeAssistantOptions,
} from "../../../src/simulator/home-assistant/double.ts";

/** A bare client: frames as they are, nothing checked, nothing retried. */
export class Client {
  readonly socket: WebSocket;
  readonly frames: unknown[] = [];
  readonly closed: Promise<{ readonly code: number }>;
  #nextId = 1;
  #wake: (() => void)[] = [];

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.on("error", () => {});
    this.closed = new Promise((resolve) => this.socket.once("close", (code) => resolve({ code })));
    this.socket.on("message", (data) => {
      this.frames.push(JSON.parse(String(data)));
      for (const wake of this.#wake.splice(0)) wake();
    });
  }

  /** The first message of all so far or to come that `isIt`. Rejects when the connection ends before. */
  async message(isIt: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = (this.frames.flat() as Message[]).find(isIt);
      if (found) return found;
      const arrived = new Promise<void>((resolve) => this.#wake.push(resolve));
      const ended = this.closed.then(({ code }) => {
        throw new Error(`The connection closed with ${code}`);
      });
      await Promise.race([arrived, ended]);
    }
  }

  send(message: unknown): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  async authenticate(token = "admin"): Promise<this> {
    await this.message(({ type }) => type === "auth_required");
    this.send({ type: "auth", access_token: token });
    await this.message(({ type }) => type === "auth_ok");
    return this;
  }

  /** Sends a command under the next id; the whole reply. */
  async reply(type: string, fields: object = {}): Promise<Message> {
    const id = this.#nextId++;
    this.send({ id, type, ...fields });
    return this.message((message) => message.id === id);
  }

  /** The result of a command that must succeed. */
  async result(type: string, fields: object = {}): Promise<unknown> {
    const reply = await this.reply(type, fields);
    if (reply.success !== true) throw new Error(`${type}: ${JSON.stringify(reply.error)}`);
    return reply.result;
  }

  /** The code of a command's refusal; "success" when it was not refused. */
  async code(type: string, fields: object = {}): Promise<string> {
    const { success, error } = await this.reply(type, fields);
    return success === true ? "success" : String(error?.code);
  }
}

export interface Message {
  readonly id?: number;
  readonly type?: string;
  readonly success?: boolean;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
  readonly message?: string;
  readonly ha_version?: string;
}

export interface Home {
  readonly double: HomeAssistantDouble;
  readonly url: string;
  /** Opens a connection to the core; closed at the test's end. */
  connect(path?: string): Client;
}

/** A double on a free port, with an administrator (`admin`), a plain user (`user`) and a Supervisor (`supervisor`). */
export async function home(t: TestContext, options: Partial<HomeAssistantOptions> = {}): Promise<Home> {
  const double = createHomeAssistant({
    clock: systemClock,
    tokens: [
      { token: "admin", isAdmin: true },
      { token: "user", isAdmin: false },
    ],
    supervisorToken: "supervisor",
    ...options,
  });
  const { url, close } = await double.listen({ port: 0 });
  t.after(close);
  return { double, url, connect: (path = "/api/websocket") => new Client(`${url.replace("http", "ws")}${path}`) };
}

export const at = (text: string): Instant => instant(Date.parse(text));

export const energyId = "linky_bridge:m1_consumption";
export const energy = {
  statistic_id: energyId,
  source: "linky_bridge",
  name: "Linky consommation",
  mean_type: 0,
  has_sum: true,
  unit_class: "energy",
  unit_of_measurement: "kWh",
} as const;
