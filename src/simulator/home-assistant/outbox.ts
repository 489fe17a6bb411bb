import { WebSocket } from "ws";

export interface OutboxOptions {
  /** Whether messages that are ready together leave in the reverse of their order. */
  readonly reorders: () => boolean;
}

/** How long replies wait for others to be put in front of them, in real milliseconds. */
const reorderMs = 5;

/** Messages on their way out: together as a list once the client asked for that, else one by one. */
export class Outbox {
  readonly #socket: WebSocket;
  readonly #reorders: () => boolean;
  #waiting: { readonly text: string; readonly sent: () => void }[] = [];
  #isScheduled = false;
  coalesces = false;

  constructor(socket: WebSocket, { reorders }: OutboxOptions) {
    this.#socket = socket;
    this.#reorders = reorders;
    socket.once("close", () => this.#flush());
  }

  /** Resolves when the message was handed to the network, or the connection is gone. */
  send(message: unknown): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ text: JSON.stringify(message), sent: resolve });
      if (this.#isScheduled) return;
      this.#isScheduled = true;
      if (this.#reorders()) setTimeout(() => this.#flush(), reorderMs);
      else setImmediate(() => this.#flush());
    });
  }

  #flush(): void {
    this.#isScheduled = false;
    const leaving = this.#reorders() ? this.#waiting.splice(0).reverse() : this.#waiting.splice(0);
    const texts = leaving.map(({ text }) => text);
    const frames = this.coalesces && texts.length > 1 ? [`[${texts.join(",")}]`] : texts;
    for (const frame of frames) if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
    for (const { sent } of leaving) sent();
  }
}
