/**
 * Where a connection breaks:
 * - `before_auth`: when the token comes, without an answer;
 * - `after_auth`: right behind `auth_ok`;
 * - `between_command_and_reply`: the command takes effect, its reply never leaves;
 * - `afterCommands`: behind the n-th reply from now on, over all connections.
 */
export type DropPoint = "before_auth" | "after_auth" | "between_command_and_reply" | { readonly afterCommands: number };

interface Armed {
  readonly point: DropPoint;
  /** Null: any command. */
  readonly type: string | null;
  left: number;
}

/** Breaks that wait for their moment; each happens once. */
export class Faults {
  #armed: Armed[] = [];

  arm(point: DropPoint, type: string | null): void {
    this.#armed.push({ point, type, left: typeof point === "string" ? 1 : point.afterCommands });
  }

  /** Whether the connection breaks at this point, which is then used up. */
  strikes(point: "before_auth" | "after_auth"): boolean {
    return this.#take((armed) => armed.point === point);
  }

  strikesBeforeReply(type: string): boolean {
    return this.#take((armed) => armed.point === "between_command_and_reply" && isMeant(armed, type));
  }

  /** Counts a reply. */
  strikesAfterReply(type: string): boolean {
    const counted = this.#armed.filter((armed) => typeof armed.point !== "string" && isMeant(armed, type));
    for (const armed of counted) armed.left--;
    return this.#take((armed) => armed.left <= 0);
  }

  #take(isIt: (armed: Armed) => boolean): boolean {
    const found = this.#armed.find(isIt);
    this.#armed = this.#armed.filter((armed) => armed !== found);
    return found !== undefined;
  }
}

const isMeant = (armed: Armed, type: string): boolean => armed.type === null || armed.type === type;
