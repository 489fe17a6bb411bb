/** `core` is always there; the other two come later in a start. */
export type Part = "core" | "recorder" | "energy";

export interface Start {
  /** How long `recorder/*` stays an unknown command, in real milliseconds. */
  readonly unknownCommandMs: number;
  /** How long `energy/*` stays one after that. Default 500, as was seen. */
  readonly energyLagMs?: number;
}

/** Which parts of the core are there. It runs when all of them are. */
export class Life {
  /** False: nobody can connect; the Supervisor's proxy says that the core is not there. */
  isUp = true;
  /** Whether the proxy lets in and closes right after `auth_ok`, instead of answering HTTP 502, while the core is down. */
  proxyLetsIn = false;
  #recorderFrom = 0;
  #energyFrom = 0;
  readonly #nowMs: () => number;

  /** `nowMs` counts real time. */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  begin({ unknownCommandMs, energyLagMs = 500 }: Start): void {
    this.#recorderFrom = this.#nowMs() + unknownCommandMs;
    this.#energyFrom = this.#recorderFrom + energyLagMs;
  }

  has(part: Part): boolean {
    if (part === "core") return true;
    return this.#nowMs() >= (part === "recorder" ? this.#recorderFrom : this.#energyFrom);
  }

  get state(): "NOT_RUNNING" | "RUNNING" {
    return this.has("energy") ? "RUNNING" : "NOT_RUNNING";
  }

  get components(): readonly string[] {
    const parts = (["recorder", "energy"] as const).filter((part) => this.has(part));
    return ["api", "http", "websocket_api", ...parts];
  }
}
