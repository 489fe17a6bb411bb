import { findDump } from "../adapters/postgres/backup/directory.ts";
import { type DumpHeader, rowsIn } from "../adapters/postgres/backup/header.ts";
import { hasData } from "../adapters/postgres/backup/prepare.ts";
import { checkDump } from "../adapters/postgres/backup/read.ts";
import { type Restored, restoreDump } from "../adapters/postgres/backup/restore.ts";
import { instant } from "../domain/units.ts";
import type { Language } from "../shared/language.ts";
import type { Logger } from "../shared/log.ts";
import type { BackupPort } from "./backup.ts";
import { counted, momentOf, typed } from "./words.ts";

export interface RestorePort extends BackupPort {
  readonly log: Logger;
}

export interface RestoreOptions {
  /** A dump, or a directory of which the newest is taken. */
  readonly from: string;
  /** Whether data that are there may be replaced; they are dumped first. */
  readonly yes: boolean;
}

/** Puts a dump in the place of what is stored. 1, and nothing changes, when there are data and no `--yes`. */
export async function restore(port: RestorePort, { from, yes }: RestoreOptions, signal: AbortSignal): Promise<number> {
  const { database, dataDir, clock, language, output, log } = port;
  const path = await findDump(from);
  output.line(foundLine(path, await checkDump(path), language));
  if (!yes && (await hasData(database))) {
    output.line(refusalLine(from, language));
    return 1;
  }
  const at = clock.now();
  const restored = await restoreDump(database, { path, mayReplace: yes, dataDir, at, log, signal });
  for (const line of doneLines(restored, language)) output.line(line);
  return 0;
}

const rowsOf = (header: DumpHeader, language: Language): string =>
  counted(rowsIn(header), language === "fr" ? ["ligne", "lignes"] : ["row", "rows"], language);

function foundLine(path: string, header: DumpHeader, language: Language): string {
  const made = momentOf(instant(Date.parse(header.madeAt)));
  return language === "fr"
    ? `Sauvegarde ${path} : faite le ${made}, ${rowsOf(header, "fr")}, entière.`
    : `Dump ${path}: made on ${made}, ${rowsOf(header, "en")}, whole.`;
}

const refusalLine = (from: string, language: Language): string =>
  language === "fr"
    ? `La base contient déjà des données ; rien n'a été modifié. Pour les remplacer (elles sont d'abord sauvegardées) : ${typed(`restore ${from} --yes`)}`
    : `The database already holds data; nothing was changed. To replace them (they are dumped first): ${typed(`restore ${from} --yes`)}`;

function doneLines({ header, before, migrations }: Restored, language: Language): string[] {
  const isFrench = language === "fr";
  const lines = [isFrench ? `Restauré : ${rowsOf(header, "fr")}.` : `Restored: ${rowsOf(header, "en")}.`];
  if (migrations.length > 0)
    lines.push(
      isFrench
        ? `La base a été amenée à la version de ce programme (${migrations.join(", ")}).`
        : `The database was brought to this program's version (${migrations.join(", ")}).`,
    );
  if (before !== null)
    lines.push(
      isFrench
        ? `Ce qui y était avant est gardé dans ${before} ; pour y revenir : ${typed(`restore ${before} --yes`)}`
        : `What was there before is kept in ${before}; to return to it: ${typed(`restore ${before} --yes`)}`,
    );
  return lines;
}
