import type { Text } from "../../shared/language.ts";
import { redact } from "../../shared/log.ts";
import type { Storage, StorageTrouble, StorageTroubleCode } from "../../sync/storage.ts";
import type { Sql } from "./connection.ts";

/** Rows of 64 bytes: together a megabyte, more than the largest answer of the gateway fills. */
const probeRows = 16_000;

/** The storage behind a pool; `place` names it inside a sentence. */
export const createStorage = (sql: Sql, place: Text): Storage => ({
  explain: (error) => explainStorage(error, place),
  async probe() {
    await sql.begin(async (tx) => {
      // Its pages are taken from the disk at once, and given back at the end.
      await tx`create temporary table linky_probe on commit drop as
        select md5(number::text) as filling from generate_series(1, ${probeRows}::integer) as number`;
    });
  },
});

/** How a sentence names the data directory of a private cluster. */
export const directoryPlace = (dataDir: string): Text => ({
  fr: `le dossier des données ${dataDir}`,
  en: `the data directory ${dataDir}`,
});
/** How a sentence names the user's own database. */
export const urlPlace = (place: string): Text => ({
  fr: `la base de DATABASE_URL (${place})`,
  en: `the database of DATABASE_URL (${place})`,
});

/** What an error of the database, of its start or of the file system means where the storage is to blame. */
export function explainStorage(error: unknown, place: Text): StorageTrouble | null {
  for (let at = error, depth = 0; at instanceof Error && depth < maxCauses; at = at.cause, depth++) {
    const code = codeOf(at);
    if (code !== null) return { code, text: sentences[code](place), detail: redact(wordsOf(at)) };
  }
  return null;
}
const maxCauses = 10;

/** Node's codes of a file system, PostgreSQL's of a failing or absent server (its appendix A), postgres.js's own. */
const codes: Readonly<Record<string, StorageTroubleCode>> = {
  ENOSPC: "disk_full",
  EDQUOT: "disk_full",
  "53100": "disk_full",
  EROFS: "disk_read_only",
  "25006": "disk_read_only",
  EIO: "disk_failing",
  "58030": "disk_failing",
  ECONNREFUSED: "database_unreachable",
  ECONNRESET: "database_unreachable",
  EPIPE: "database_unreachable",
  ENOENT: "database_unreachable",
  ETIMEDOUT: "database_unreachable",
  EHOSTUNREACH: "database_unreachable",
  ENETUNREACH: "database_unreachable",
  ENOTFOUND: "database_unreachable",
  EAI_AGAIN: "database_unreachable",
  CONNECT_TIMEOUT: "database_unreachable",
  CONNECTION_CLOSED: "database_unreachable",
  CONNECTION_DESTROYED: "database_unreachable",
  "57P01": "database_unreachable",
  "57P02": "database_unreachable",
  "57P03": "database_unreachable",
  "53300": "database_unreachable",
  url_unreachable: "database_unreachable",
};

/** A read-only file system bears the code of a missing right in PostgreSQL, and a server that ends only has words. */
const words: readonly (readonly [RegExp, StorageTroubleCode])[] = [
  [/no space left on device|disk quota exceeded/i, "disk_full"],
  [/read-only file system/i, "disk_read_only"],
  [/input\/output error/i, "disk_failing"],
];

function codeOf(error: Error): StorageTroubleCode | null {
  const text = wordsOf(error);
  const spoken = words.find(([pattern]) => pattern.test(text))?.[1];
  if (spoken) return spoken;
  if (!("code" in error) || typeof error.code !== "string") return null;
  // Of a file it says that this one is missing; of a connection that the server's socket is.
  if (error.code === "ENOENT" && !("syscall" in error && error.syscall === "connect")) return null;
  return codes[error.code] ?? null;
}

/** A program that failed says why on its error stream. */
const wordsOf = (error: Error): string =>
  "stderr" in error && typeof error.stderr === "string" ? `${error.message}\n${error.stderr}` : error.message;

const sentences: Readonly<Record<StorageTroubleCode, (place: Text) => Text>> = {
  disk_full: (place) => ({
    fr: `Le disque est plein : plus rien ne peut être enregistré dans ${place.fr}. Ce qui y est déjà n'est pas perdu. Libérez une centaine de mégaoctets : tout reprend de soi-même.`,
    en: `The disk is full: nothing more can be stored in ${place.en}. What is there already is not lost. Free about a hundred megabytes: all goes on by itself.`,
  }),
  disk_read_only: (place) => ({
    fr: `On ne peut que lire, et plus écrire, dans ${place.fr}. Ce qui y est déjà n'est pas perdu. Vérifiez le disque ou la carte SD : un système qui y trouve des erreurs le passe en lecture seule. Tout reprend de soi-même dès qu'on peut y écrire.`,
    en: `One can only read, and no longer write, in ${place.en}. What is there already is not lost. Check the disk or SD card: a system that finds errors on it makes it read-only. All goes on by itself as soon as it can be written to.`,
  }),
  disk_failing: (place) => ({
    fr: `Le disque ou la carte SD répond par des erreurs pour ${place.fr}. Copiez vos sauvegardes ailleurs et remplacez-le ; d'ici là, chaque enregistrement est retenté de soi-même.`,
    en: `The disk or SD card answers with errors for ${place.en}. Copy your backups elsewhere and replace it; until then storing is tried again by itself.`,
  }),
  database_unreachable: (place) => ({
    fr: `La base de données ne répond pas (${place.fr}) : rien ne peut être enregistré. Tout reprend de soi-même dès son retour ; si cela dure, vérifiez que son serveur tourne.`,
    en: `The database does not answer (${place.en}): nothing can be stored. All goes on by itself as soon as it is back; if it lasts, check that its server runs.`,
  }),
  database_stopped: (place) => ({
    fr: `La base de données s'est arrêtée sans qu'on le lui demande (${place.fr}) : elle est relancée, et rien d'enregistré n'est perdu.`,
    en: `The database stopped although nobody asked it to (${place.en}): it is started again, and nothing stored is lost.`,
  }),
};

/** For a server that ended, or did not come back, for a reason that is not the disk's. */
export const databaseStopped = (error: unknown, place: Text): StorageTrouble =>
  explainStorage(error, place) ?? {
    code: "database_stopped",
    text: sentences.database_stopped(place),
    detail: redact(error instanceof Error ? error.message : String(error)),
  };
