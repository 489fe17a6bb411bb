import type { Readable } from "node:stream";
import type { Instant, LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import type { Text } from "../../shared/language.ts";
import { TextError } from "../../shared/text-error.ts";

const backupKinds = ["backup", "before-update", "before-restore"] as const;

/** A dump in the data directory. */
export interface StoredBackup {
  readonly file: string;
  readonly kind: (typeof backupKinds)[number];
  readonly madeAt: Instant;
  readonly bytes: number;
  /** Number of its last migration: `0004`. */
  readonly schema: string;
}

/** What a dump holds, checked to its end. */
export interface DumpFacts {
  readonly madeAt: Instant;
  readonly schema: string;
  /** Version of the server that it was made with. */
  readonly postgres: string;
  /** Rows of each table. */
  readonly tables: Readonly<Record<string, number>>;
}

/** What is stored now. */
export interface StoreFacts {
  readonly schema: string;
  readonly tables: Readonly<Record<string, number>>;
  /** Known days by meter and flow. */
  readonly days: readonly {
    readonly usagePoint: UsagePointId;
    readonly flow: Flow;
    readonly count: number;
    readonly first: LocalDate;
    readonly last: LocalDate;
  }[];
}

/** A file to hand out. */
export interface Download {
  readonly file: string;
  readonly bytes: number;
  readonly stream: Readable;
}

/** A file that somebody sends. */
export interface UploadedDump {
  readonly content: Readable;
  /** As its sender calls it; null where that is not told. */
  readonly name: string | null;
}

/** How the last restore over the page ended. */
export interface RestoreOutcome {
  readonly at: Instant;
  readonly isDone: boolean;
  readonly text: Text;
}

export interface Backups {
  readonly directory: string;
  /** Newest first. */
  list(): Promise<readonly StoredBackup[]>;
  make(signal: AbortSignal): Promise<{ readonly backup: StoredBackup; readonly rows: number }>;
  /** A dump of the list; without a name, one of this moment that is kept nowhere. */
  download(file: string | undefined, signal: AbortSignal): Promise<Download>;
  /** Takes a dump in, checks it to its end, and keeps it beside until it is confirmed or another one comes. */
  stage(
    from: UploadedDump | { readonly file: string },
    signal: AbortSignal,
  ): Promise<{ readonly id: string; readonly dump: DumpFacts }>;
  here(): Promise<StoreFacts>;
  /** From now on the next start of the store begins by restoring it. */
  confirm(id: string): Promise<void>;
  /** Null before the first one. */
  lastRestore(): Promise<RestoreOutcome | null>;
}

/** Nothing was dumped or taken in, and what to do. The store is as it was. */
export class BackupTrouble extends TextError<string> {
  override readonly name = "BackupTrouble";
}
