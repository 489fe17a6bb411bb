import { createHash } from "node:crypto";
import type { DumpedTable } from "./header.ts";

const newline = 10;

/** Counts and sums what passes. In COPY's text format each row is a line: newlines inside of values are escaped. */
export class Tally {
  readonly #hash = createHash("sha256");
  #rows = 0;
  #bytes = 0;

  add(chunk: Buffer): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) this.#rows++;
  }

  /** Once, at the end. */
  result(): Pick<DumpedTable, "rows" | "bytes" | "sha256"> {
    return { rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }
}
