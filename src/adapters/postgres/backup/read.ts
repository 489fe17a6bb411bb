import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { BackupFailure, type DumpTitle, damaged, newerFormat, notADump, notFound } from "./failure.ts";
import { anyHeader, type DumpedTable, type DumpHeader, dumpHeader } from "./header.ts";
import { Tally } from "./tally.ts";

const newline = 10;
/** A header is some kilobytes; what has no line end within this is no dump. */
const headerLimit = 1_000_000;

/** An open dump. Its tables are read one after the other, in the header's order. */
export interface OpenDump {
  readonly header: DumpHeader;
  /** The rows of the next table in COPY's text format. @throws BackupFailure where they are not as the header says. */
  rows(table: DumpedTable): AsyncGenerator<Buffer>;
  /** @throws BackupFailure where anything follows the last table, or the file does not end as it must. */
  end(): Promise<void>;
  close(): void;
}

/**
 * @param title what it is called in a failure.
 * @throws BackupFailure when the file is absent, something else, damaged in its header, or of a newer format.
 */
export async function openDump(path: string, title: DumpTitle = path): Promise<OpenDump> {
  const bytes = new ByteReader(path, title);
  try {
    const header = parseHeader(title, await bytes.line(headerLimit));
    return {
      header,
      rows: (table) => checkedRows(title, bytes, table),
      end: async () => {
        if (await bytes.next()) throw damaged(title, "surplus");
      },
      close: () => bytes.close(),
    };
  } catch (error) {
    bytes.close();
    throw error;
  }
}

/** Reads the header alone. */
export async function readHeader(path: string): Promise<DumpHeader> {
  const dump = await openDump(path);
  dump.close();
  return dump.header;
}

/** Reads a dump to its end and holds it against its counts and sums. @throws BackupFailure where it does not agree. */
export async function checkDump(path: string, title: DumpTitle = path): Promise<DumpHeader> {
  const dump = await openDump(path, title);
  try {
    for (const table of dump.header.tables) for await (const _ of dump.rows(table));
    await dump.end();
    return dump.header;
  } finally {
    dump.close();
  }
}

function parseHeader(title: DumpTitle, line: string | undefined): DumpHeader {
  const told = line === undefined ? undefined : parsed(line);
  const whatever = anyHeader.safeParse(told);
  if (!whatever.success) throw notADump(title);
  const header = dumpHeader.safeParse(told);
  if (header.success) return header.data;
  throw whatever.data.version > 1 ? newerFormat(title, whatever.data.version) : damaged(title, "header", header.error);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function* checkedRows(title: DumpTitle, bytes: ByteReader, table: DumpedTable): AsyncGenerator<Buffer> {
  const tally = new Tally();
  for await (const chunk of bytes.take(table.bytes)) {
    tally.add(chunk);
    yield chunk;
  }
  const { rows, sha256 } = tally.result();
  if (rows !== table.rows || sha256 !== table.sha256) throw damaged(title, table.name);
}

/** The unpacked bytes of a file, in the pieces one asks for. */
class ByteReader {
  readonly #path: string;
  readonly #title: DumpTitle;
  readonly #stream: Readable;
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #hasBegun = false;

  constructor(path: string, title: DumpTitle) {
    this.#path = path;
    this.#title = title;
    const file = createReadStream(path);
    const unpacked = createGunzip();
    file.once("error", (error) => unpacked.destroy(error));
    unpacked.once("close", () => file.destroy());
    this.#stream = file.pipe(unpacked);
    this.#chunks = unpacked[Symbol.asyncIterator]();
  }

  /** What is next, of any size; undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    if (rest.length > 0) return rest;
    const { value, done } = await this.#chunks.next().catch((error: NodeJS.ErrnoException) => {
      throw this.#explain(error);
    });
    this.#hasBegun = true;
    return done ? undefined : value;
  }

  /** Up to the next line end, which is taken as well; undefined where none comes within `limit` bytes. */
  async line(limit: number): Promise<string | undefined> {
    const parts: Buffer[] = [];
    for (let length = 0; length < limit; ) {
      const chunk = await this.next();
      if (!chunk) return undefined;
      const end = chunk.indexOf(newline);
      parts.push(end === -1 ? chunk : chunk.subarray(0, end));
      if (end !== -1) {
        this.#rest = chunk.subarray(end + 1);
        return Buffer.concat(parts).toString("utf8");
      }
      length += chunk.length;
    }
    return undefined;
  }

  /** Exactly `count` bytes. @throws BackupFailure when the file ends before. */
  async *take(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      const chunk = await this.next();
      if (!chunk) throw damaged(this.#title, "end of file");
      const piece = chunk.subarray(0, left);
      this.#rest = chunk.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  close(): void {
    // A reader that stops early leaves an error behind that nobody waits for.
    this.#stream.on("error", () => undefined).destroy();
  }

  #explain(error: NodeJS.ErrnoException): unknown {
    if (error instanceof BackupFailure) return error;
    if (error.code === "ENOENT") return notFound(this.#path);
    if (error.code === "EISDIR") return notADump(this.#title);
    if (!error.code?.startsWith("Z_")) return error;
    return this.#hasBegun ? damaged(this.#title, error.message, error) : notADump(this.#title);
  }
}
