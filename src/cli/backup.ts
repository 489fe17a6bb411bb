import { backupDirectory, saveDump } from "../adapters/postgres/backup/directory.ts";
import { rowsIn } from "../adapters/postgres/backup/header.ts";
import { extentOf } from "../adapters/postgres/backup/prepare.ts";
import type { Database } from "../adapters/postgres/launcher/database.ts";
import type { Clock } from "../shared/clock.ts";
import type { Language } from "../shared/language.ts";
import type { Output } from "./session.ts";
import { counted, typed } from "./words.ts";

/** The parts of the program that backups need. The database need not be migrated. */
export interface BackupPort {
  readonly database: Pick<Database, "connection" | "origin">;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly language: Language;
  readonly output: Output;
}

/**
 * Dumps all that is stored into one file, also while the service runs. In the data directory the newest three stay; a
 * directory that the user names is the user's.
 */
export async function backup(port: BackupPort, { to }: { readonly to?: string }, signal: AbortSignal): Promise<number> {
  const { database, dataDir, clock, language, output } = port;
  const { path, header } = await saveDump(database.connection, {
    directory: to ?? backupDirectory(dataDir),
    kind: "backup",
    at: clock.now(),
    prune: to === undefined,
    ...extentOf(database),
    signal,
  });
  const rows = counted(rowsIn(header), language === "fr" ? ["ligne", "lignes"] : ["row", "rows"], language);
  output.line(
    language === "fr"
      ? `Sauvegarde faite : ${path} (${rows}). Pour la remettre en place : ${typed(`restore ${path}`)}`
      : `Backup made: ${path} (${rows}). To put it back: ${typed(`restore ${path}`)}`,
  );
  return 0;
}
