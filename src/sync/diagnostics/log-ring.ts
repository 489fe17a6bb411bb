import { Writable } from "node:stream";

/** Lines that are kept, and characters of each: a megabyte at most. */
const mostLines = 500;
const longestLine = 2_000;

/** The last lines of a log, as they left: whoever writes into it has taken the secrets out. */
export class LogRing {
  readonly #lines: string[] = [];
  #next = 0;

  add(line: string): void {
    this.#lines[this.#next] = shortened(line);
    this.#next = (this.#next + 1) % mostLines;
  }

  /** Oldest first. */
  lines(): readonly string[] {
    return [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)];
  }

  /** A way to `destination` that passes by here: for `createLog`. Colours stay outside. */
  before(destination: NodeJS.WritableStream): NodeJS.WritableStream {
    const way = new Writable({
      decodeStrings: false,
      write: (line: string | Buffer, _encoding, done) => {
        const text = String(line);
        this.add(text);
        destination.write(text);
        done();
      },
    });
    return Object.assign(way, { isTTY: "isTTY" in destination && destination.isTTY === true });
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is told begins with one.
const colour = /\u001B\[\d+m/g;

function shortened(line: string): string {
  const text = line.replaceAll(colour, "").trimEnd();
  return text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
}
