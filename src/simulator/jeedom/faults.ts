/**
 * - `drop`: the connection breaks before the call has any effect;
 * - `drop_answer`: the call takes effect, its answer never leaves;
 * - `hang`: no effect and no answer until the client goes away;
 * - a status: a page of the web server in front, without effect.
 */
export type Fault = "drop" | "drop_answer" | "hang" | { readonly status: number; readonly html: string };

interface Armed {
  readonly fault: Fault;
  /** Null: any call. */
  readonly method: string | null;
  skip: number;
}

/** Faults that wait for their call; each happens once. */
export class Faults {
  #armed: Armed[] = [];

  arm(fault: Fault, { method, skip }: { readonly method: string | null; readonly skip: number }): void {
    this.#armed.push({ fault, method, skip });
  }

  /** The fault that strikes a call of `method`, which is then used up. */
  take(method: string): Fault | null {
    const found = this.#armed.find((armed) => armed.method === null || armed.method === method);
    if (!found) return null;
    if (found.skip > 0) {
      found.skip--;
      return null;
    }
    this.#armed = this.#armed.filter((armed) => armed !== found);
    return found.fault;
  }
}
