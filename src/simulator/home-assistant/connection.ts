import type { RawData, WebSocket } from "ws";
import { z } from "zod";
import { type Command, command } from "./command.ts";
import { coreCommands, featuresFields } from "./commands/core.ts";
import { energyCommands } from "./commands/energy.ts";
import { recorderReadCommands } from "./commands/recorder-read.ts";
import { recorderWriteCommands } from "./commands/recorder-write.ts";
import { Outbox } from "./outbox.ts";
import { Refusal } from "./refusal.ts";
import type { User, World } from "./world.ts";

/** Whether the client speaks to the core, or to the Supervisor, which speaks to the core as an administrator. */
export type Door = "core" | "proxy";

const authMessage = z.strictObject({ type: z.literal("auth"), access_token: z.string() });
const commandMessage = z.looseObject({ id: z.number().int().positive(), type: z.string().min(1) });

const commands: ReadonlyMap<string, Command> = new Map(
  [...coreCommands, ...recorderReadCommands, ...recorderWriteCommands, ...energyCommands].map((one) => [one.type, one]),
);

/**
 * One websocket, in three states: waiting for the token, at work, closed. The first frame is the token's, within the
 * limit; after it commands come, and each is answered once.
 */
export class Connection {
  readonly #socket: WebSocket;
  readonly #world: World;
  readonly #door: Door;
  readonly #outbox: Outbox;
  #user: User | null = null;
  #lastId = 0;

  constructor(socket: WebSocket, world: World, door: Door) {
    this.#socket = socket;
    this.#world = world;
    this.#door = door;
    this.#outbox = new Outbox(socket, { reorders: () => world.reordersReplies });
  }

  open(): void {
    const socket = this.#socket;
    const late = setTimeout(() => socket.close(), this.#world.limits.authMs);
    socket.once("close", () => clearTimeout(late));
    // A frame above the limit: the library answers with 1009 and closes by itself.
    socket.on("error", () => {});
    socket.on("message", (data, isBinary) => {
      if (socket.readyState !== socket.OPEN) return;
      this.#world.traffic.frame(sizeOf(data));
      clearTimeout(late);
      if (this.#user) this.#frame(data, isBinary);
      else this.#authenticate(data);
    });
    void this.#outbox.send({ type: "auth_required", ha_version: this.#world.rules.version });
  }

  #authenticate(data: RawData): void {
    const { faults } = this.#world;
    const sent = authMessage.safeParse(parsed(data));
    if (faults.strikes("before_auth")) this.#socket.terminate();
    else if (!sent.success) this.#socket.close();
    else this.#admit(this.#userOf(sent.data.access_token));
  }

  #admit(user: User | undefined): void {
    const { faults, life, rules } = this.#world;
    if (!user) {
      this.#refuseToken();
      return;
    }
    this.#user = user;
    const isAlone = this.#door === "proxy" && !life.isUp;
    void this.#outbox.send({ type: "auth_ok", ha_version: rules.version }).then(() => {
      if (isAlone) this.#socket.close();
      else if (faults.strikes("after_auth")) this.#break();
    });
  }

  #userOf(token: string): User | undefined {
    const { users, supervisorToken } = this.#world;
    if (this.#door === "core") return users.find((user) => user.token === token);
    return token === supervisorToken ? { token, isAdmin: true } : undefined;
  }

  #refuseToken(): void {
    const message = this.#door === "core" ? "Invalid access token or password" : "Invalid access";
    void this.#outbox.send({ type: "auth_invalid", message }).then(() => this.#socket.close());
  }

  #frame(data: RawData, isBinary: boolean): void {
    const message = isBinary ? [] : parsed(data);
    // Seen: a binary frame is an error in the log, and nothing else.
    if (isBinary) this.#world.recorder.note("error", "Received binary message for a handler that is not there");
    if (message === undefined) this.#socket.close(1000);
    else for (const one of Array.isArray(message) ? message : [message]) this.#message(one);
  }

  #message(message: unknown): void {
    const read = commandMessage.safeParse(message);
    if (!read.success) {
      this.#refuse(idOf(message), new Refusal("invalid_format", "Message incorrectly formatted."));
      return;
    }
    const { id, type } = read.data;
    this.#world.traffic.command(type);
    if (id <= this.#lastId) {
      this.#refuse(id, new Refusal("id_reuse", "Identifier values have to increase."));
      return;
    }
    this.#lastId = id;
    if (type === "ping") void this.#outbox.send({ id, type: "pong" });
    else void this.#answer(read.data, this.#commandFor(type));
  }

  #commandFor(type: string): Command | Refusal {
    if (this.#door === "proxy" && /^(supervisor|hassio)\//.test(type))
      return new Refusal("unauthorized", "Unauthorized");
    if (type === "supported_features") return this.#featuresCommand();
    const found = commands.get(type);
    return found && this.#world.life.has(found.part) ? found : new Refusal("unknown_command", "Unknown command.");
  }

  #featuresCommand(): Command {
    return command("supported_features", { fields: () => featuresFields }, ({ features }) => {
      this.#outbox.coalesces = "coalesce_messages" in features;
      return null;
    });
  }

  async #answer(message: { readonly id: number; readonly type: string }, found: Command | Refusal): Promise<void> {
    const { id, type } = message;
    const replied = Promise.withResolvers<void>();
    try {
      const reply = await this.#reply(message, found, replied.promise);
      if (this.#world.faults.strikesBeforeReply(type)) {
        this.#socket.terminate();
        return;
      }
      await this.#outbox.send({ id, type: "result", ...reply });
      if (this.#world.faults.strikesAfterReply(type)) this.#break();
    } finally {
      replied.resolve();
    }
  }

  async #reply(message: { readonly type: string }, found: Command | Refusal, replied: Promise<void>): Promise<object> {
    const user = this.#user;
    try {
      if (found instanceof Refusal) throw found;
      if (!user) throw new Refusal("unauthorized", "Unauthorized");
      const result = found.run(message, { world: this.#world, user, replied });
      return { success: true, result: result instanceof Promise ? await result : result };
    } catch (error) {
      const code = error instanceof Refusal ? error.code : "unknown_error";
      return { success: false, error: { code, message: error instanceof Error ? error.message : String(error) } };
    }
  }

  #refuse(id: number, { code, message }: Refusal): void {
    void this.#outbox.send({ id, type: "result", success: false, error: { code, message } });
  }

  /** Breaks after what was sent has left. */
  #break(): void {
    setImmediate(() => this.#socket.terminate());
  }
}

/** The id as far as one can be read; 0 else. */
function idOf(message: unknown): number {
  const id = typeof message === "object" && message !== null && "id" in message ? message.id : 0;
  return typeof id === "number" ? id : 0;
}

const textOf = (data: RawData): string =>
  Array.isArray(data) ? Buffer.concat(data).toString("utf8") : Buffer.from(data as Buffer).toString("utf8");

const sizeOf = (data: RawData): number =>
  Array.isArray(data) ? data.reduce((total, part) => total + part.byteLength, 0) : data.byteLength;

function parsed(data: RawData): unknown {
  try {
    return JSON.parse(textOf(data));
  } catch {
    return undefined;
  }
}
