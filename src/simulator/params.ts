import { bare, Refused } from "./reply.ts";

/** What the framework checks before a route runs; it complains with 422 about all faults at once. */
interface Complaint {
  readonly type: string;
  readonly loc: readonly [string, string];
  readonly msg: string;
  readonly input: string | null;
  readonly ctx?: object;
}

const unprocessable = (complaints: readonly Complaint[]): Refused => new Refused(bare({ detail: complaints }, 422));

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  "1": true,
  yes: true,
  on: true,
  t: true,
  y: true,
  false: false,
  "0": false,
  no: false,
  off: false,
  f: false,
  n: false,
};

/** Reads typed query parameters; `done` throws what was wrong with them. */
export class Params {
  readonly #query: URLSearchParams;
  readonly #complaints: Complaint[] = [];

  constructor(query: URLSearchParams) {
    this.#query = query;
  }

  /** A compulsory text. */
  text(name: string): string {
    const value = this.#query.get(name);
    if (value === null) this.#complain(name, "missing", "Field required", null);
    return value ?? "";
  }

  optionalText(name: string): string | null {
    return this.#query.get(name);
  }

  /** A compulsory date that the framework itself parses. */
  date(name: string): string {
    const value = this.text(name);
    if (this.#query.has(name) && !/^\d{4}-\d{2}-\d{2}$/.test(value))
      this.#complain(name, "date_from_datetime_parsing", "Input should be a valid date or datetime", value);
    return value;
  }

  bool(name: string, byDefault: boolean): boolean {
    const value = this.#query.get(name);
    if (value === null) return byDefault;
    const truth = truths[value.toLowerCase()];
    if (truth === undefined)
      this.#complain(name, "bool_parsing", "Input should be a valid boolean, unable to interpret input", value);
    return truth ?? byDefault;
  }

  whole(name: string, { byDefault, low, high }: { byDefault: number; low: number; high: number }): number {
    const value = this.#query.get(name);
    if (value === null) return byDefault;
    const number = Number(value);
    if (!/^[+-]?\d+$/.test(value))
      this.#complain(
        name,
        "int_parsing",
        "Input should be a valid integer, unable to parse string as an integer",
        value,
      );
    else if (number < low)
      this.#complain(name, "greater_than_equal", `Input should be greater than or equal to ${low}`, value);
    else if (number > high)
      this.#complain(name, "less_than_equal", `Input should be less than or equal to ${high}`, value);
    return number;
  }

  /** @throws Refused with 422 when a parameter is missing or ill-typed. */
  done(): void {
    if (this.#complaints.length > 0) throw unprocessable(this.#complaints);
  }

  #complain(name: string, type: string, msg: string, input: string | null): void {
    this.#complaints.push({ type, loc: ["query", name], msg, input });
  }
}
