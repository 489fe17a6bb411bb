import type { Text } from "../../../shared/language.ts";
import { TextError } from "../../../shared/text-error.ts";

/** Why nothing could be dumped or restored; each asks the user for something else. */
export type BackupCode =
  | "not_found"
  | "not_readable"
  | "not_a_dump"
  | "damaged"
  | "newer_format"
  | "newer_dump"
  | "newer_store"
  | "not_empty"
  | "in_use"
  | "schema_locked"
  | "dependents"
  | "not_written"
  | "not_allowed"
  | "no_room"
  | "all_damaged";

/** A dump could not be written or put back. The database is as it was before. */
export class BackupFailure extends TextError<BackupCode> {
  override readonly name = "BackupFailure";
}

export const notFound = (path: string): BackupFailure =>
  new BackupFailure("not_found", {
    fr: `Aucune sauvegarde dans ${path}. Donnez le chemin d'un fichier .dump, ou celui du dossier qui en contient.`,
    en: `There is no dump at ${path}. Give the path of a .dump file, or of the directory that holds some.`,
  });

/** For whoever chooses from the list, and knows no directory. */
export const notListed = (file: string): BackupFailure =>
  new BackupFailure("not_found", {
    fr: `Il n'y a pas de sauvegarde « ${file} » ; choisissez-en une de la liste.`,
    en: `There is no dump "${file}"; choose one of the list.`,
  });

/** What a dump is called where it is spoken of: its path, or what its sender calls it. */
export type DumpTitle = string | Text;

/** A dump that came without a name. */
export const sentDump: Text = { fr: "Le fichier envoyé", en: "The file that was sent" };

const titleIn = (title: DumpTitle): Text => (typeof title === "string" ? { fr: title, en: title } : title);

export const notReadable = (directory: string, cause: Error): BackupFailure =>
  new BackupFailure(
    "not_readable",
    {
      fr: `Le dossier des sauvegardes ${directory} ne peut pas être lu (${cause.message}). Corrigez ses droits, puis relancez.`,
      en: `The directory of the dumps ${directory} cannot be read (${cause.message}). Correct its permissions, then start again.`,
    },
    { cause },
  );

export const notADump = (title: DumpTitle): BackupFailure =>
  new BackupFailure("not_a_dump", {
    fr: `${titleIn(title).fr} n'est pas une sauvegarde de Linky Bridge. Rien n'a été modifié.`,
    en: `${titleIn(title).en} is not a dump of Linky Bridge. Nothing was changed.`,
  });

export const damaged = (title: DumpTitle, what: string, cause?: unknown): BackupFailure =>
  new BackupFailure(
    "damaged",
    {
      fr: `${titleIn(title).fr} est une sauvegarde abîmée ou incomplète (${what}). Rien n'a été modifié : prenez-en une autre, ou une autre copie de celle-ci.`,
      en: `${titleIn(title).en} is a dump that is damaged or cut short (${what}). Nothing was changed: take another one, or another copy of it.`,
    },
    { cause },
  );

export const newerFormat = (title: DumpTitle, version: number): BackupFailure =>
  new BackupFailure("newer_format", {
    fr: `${titleIn(title).fr} est écrit dans un format plus récent (${version}) que celui de ce programme. Mettez Linky Bridge à jour, puis restaurez. Rien n'a été modifié.`,
    en: `${titleIn(title).en} is written in a newer format (${version}) than this program's. Update Linky Bridge, then restore. Nothing was changed.`,
  });

export const newerDump = (title: DumpTitle, unknown: readonly string[]): BackupFailure =>
  new BackupFailure("newer_dump", {
    fr: `${titleIn(title).fr} vient d'une version plus récente de Linky Bridge (migrations inconnues : ${unknown.join(", ")}). Mettez le programme à jour, puis restaurez. Rien n'a été modifié.`,
    en: `${titleIn(title).en} comes from a newer version of Linky Bridge (unknown migrations: ${unknown.join(", ")}). Update the program, then restore. Nothing was changed.`,
  });

export const newerStore = (unknown: readonly string[]): BackupFailure =>
  new BackupFailure("newer_store", {
    fr: `La base a été utilisée par une version plus récente de Linky Bridge (migrations inconnues : ${unknown.join(", ")}), et n'appartient pas à lui seul : ce programme ne sait pas ce qu'il peut y remplacer. Donnez une base vide par DATABASE_URL et restaurez-y.`,
    en: `The database was used by a newer version of Linky Bridge (unknown migrations: ${unknown.join(", ")}) and is not its alone: this program cannot tell what it may replace there. Give an empty database with DATABASE_URL and restore into that.`,
  });

export const notEmpty = (): BackupFailure =>
  new BackupFailure("not_empty", {
    fr: "La base contient déjà des données. Avec --yes, elles sont d'abord gardées dans une sauvegarde, puis remplacées.",
    en: "The database already holds data. With --yes they are kept as a dump first, then replaced.",
  });

export const inUse = (): BackupFailure =>
  new BackupFailure("in_use", {
    fr: "Linky Bridge utilise cette base en ce moment. Arrêtez le service, restaurez, puis relancez-le.",
    en: "Linky Bridge is using this database now. Stop the service, restore, then start it again.",
  });

export const schemaLocked = (): BackupFailure =>
  new BackupFailure("schema_locked", {
    fr: "Une mise à jour ou une restauration de la base est en cours : rien n'a été sauvegardé. Relancez la sauvegarde quand elle est finie.",
    en: "The database is being updated or restored: nothing was dumped. Make the backup again when that has ended.",
  });

export const hasDependents = (cause: Error): BackupFailure =>
  new BackupFailure(
    "dependents",
    {
      fr: `Des objets ajoutés à la base dépendent de ses tables, et seraient perdus : ${cause.message}. Retirez-les, restaurez, puis remettez-les. Rien n'a été modifié.`,
      en: `Objects that were added to the database depend on its tables, and would be lost: ${cause.message}. Remove them, restore, then add them again. Nothing was changed.`,
    },
    { cause },
  );

export function notWritten(directory: string, cause: unknown): BackupFailure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new BackupFailure(
    "not_written",
    {
      fr: `La sauvegarde n'a pas pu être écrite dans ${directory} (${reason}). Faites de la place ou corrigez les droits ; un autre dossier se donne par --to ou LINKY_DATA_DIR.`,
      en: `The dump could not be written to ${directory} (${reason}). Make room or correct its permissions; another directory is named with --to or LINKY_DATA_DIR.`,
    },
    { cause },
  );
}

export const allDamaged = (directory: string): BackupFailure =>
  new BackupFailure("all_damaged", {
    fr: `La base est vide, et aucune des sauvegardes de ${directory} n'est lisible. Remettez-y une bonne copie, ou déplacez-les pour commencer une base neuve.`,
    en: `The database is empty, and none of the dumps in ${directory} can be read. Put a good copy there, or move them away to begin a new database.`,
  });

export const notAllowed = (cause: Error): BackupFailure =>
  new BackupFailure(
    "not_allowed",
    {
      fr: `L'utilisateur PostgreSQL de DATABASE_URL n'a pas le droit de remplacer ces tables (${cause.message}). Faites-en le propriétaire, puis restaurez. Rien n'a été modifié.`,
      en: `The PostgreSQL user of DATABASE_URL may not replace these tables (${cause.message}). Make it their owner, then restore. Nothing was changed.`,
    },
    { cause },
  );

export const noRoom = (cause: Error): BackupFailure =>
  new BackupFailure(
    "no_room",
    {
      fr: "Le disque de la base est plein. Faites de la place, puis restaurez. Rien n'a été modifié.",
      en: "The database's disk is full. Make room, then restore. Nothing was changed.",
    },
    { cause },
  );

/** Whether PostgreSQL's code of an error is this one (its manual, appendix A). */
export const hasCode = (error: unknown, code: string): error is Error =>
  error instanceof Error && "code" in error && error.code === code;

/** A lock was not to be had within `lock_timeout`. */
export const isLockedOut = (error: unknown): boolean => hasCode(error, "55P03");
