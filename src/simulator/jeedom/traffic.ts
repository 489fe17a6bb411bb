/** What came in: counted from the start. */
export class Traffic {
  /** Calls of the JSON-RPC by method, refused ones included. */
  readonly methods = new Map<string, number>();
  /** Paths that the box does not have: a fail2ban rule of the core bans for one. */
  readonly unknownPaths: string[] = [];
  requests = 0;
  /** Most calls that were under way at one time. */
  mostAtOnce = 0;
  #atOnce = 0;

  /** How many are under way with this one. */
  begin(): number {
    this.requests++;
    this.#atOnce++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    return this.#atOnce;
  }

  end(): void {
    this.#atOnce--;
  }

  get atOnce(): number {
    return this.#atOnce;
  }

  called(method: string): void {
    this.methods.set(method, this.count(method) + 1);
  }

  count(method: string): number {
    return this.methods.get(method) ?? 0;
  }
}
