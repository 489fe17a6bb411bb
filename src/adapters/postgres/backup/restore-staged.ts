import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { type Instant, instant } from "../../../domain/units.ts";
import type { Language, Text } from "../../../shared/language.ts";
import type { Logger } from "../../../shared/log.ts";
import type { RestoreOutcome } from "../../../sync/backups/backups.ts";
import { momentText } from "../../../sync/manual/words.ts";
import type { Database } from "../launcher/database.ts";
import { BackupFailure } from "./failure.ts";
import { publish } from "./files.ts";
import { rowsIn } from "./header.ts";
import { type Restored, restoreDump } from "./restore.ts";
import { nextTry, removeTries, stagingDirectory } from "./staging.ts";

export interface RestoreStagedOptions {
  readonly dataDir: string;
  readonly now: () => Instant;
  readonly log: Logger;
  readonly language: Language;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Restores the dump that was confirmed over the page, if there is one, in a database that nobody uses yet. What is there
 * is dumped first. It never keeps the service from starting: a restore that fails leaves the store as it was, and its
 * outcome to be read.
 */
export async function restoreStaged(
  database: Pick<Database, "connection" | "origin">,
  options: RestoreStagedOptions,
): Promise<RestoreOutcome | null> {
  const { dataDir, now, log, language, signal } = options;
  const path = await nextTry(dataDir);
  if (path === null) return null;
  const outcome = path === "given up" ? givenUp(now()) : await restore(database, path, options);
  signal?.throwIfAborted();
  await saveOutcome(dataDir, outcome);
  await removeTries(dataDir);
  if (outcome.isDone)
    log.warn({ outcome: outcome.text[language] }, "the dump that was confirmed over the API is restored");
  else log.error({ outcome: outcome.text[language] }, "the dump that was confirmed over the API is not restored");
  return outcome;
}

async function restore(
  database: Pick<Database, "connection" | "origin">,
  path: string,
  { dataDir, now, log, signal }: RestoreStagedOptions,
): Promise<RestoreOutcome> {
  const at = now();
  try {
    const restored = await restoreDump(database, { path, mayReplace: true, dataDir, at, log, signal });
    return { at, isDone: true, text: doneText(restored) };
  } catch (error) {
    if (signal?.aborted) throw error;
    const text = error instanceof BackupFailure ? error.text : unknownText(error);
    return { at, isDone: false, text };
  }
}

function doneText({ header, before }: Restored): Text {
  const rows = rowsIn(header);
  const madeAt = instant(Date.parse(header.madeAt));
  const kept: Text =
    before === null
      ? { fr: "", en: "" }
      : {
          fr: ` Ce qui y était avant est gardé dans la sauvegarde ${basename(before)}.`,
          en: ` What was there before is kept as the dump ${basename(before)}.`,
        };
  return {
    fr: `La sauvegarde du ${momentText(madeAt, "fr")} est restaurée (${rows} lignes).${kept.fr}`,
    en: `The dump of ${momentText(madeAt, "en")} is restored (${rows} rows).${kept.en}`,
  };
}

const unknownText = (error: unknown): Text => {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    fr: `La restauration a échoué (${reason}). Rien n'a été modifié.`,
    en: `The restore failed (${reason}). Nothing was changed.`,
  };
};

const givenUp = (at: Instant): RestoreOutcome => ({
  at,
  isDone: false,
  text: {
    fr: "La restauration a été interrompue deux fois, et n'est plus tentée. Prenez une autre sauvegarde, ou restaurez par la ligne de commande.",
    en: "The restore was interrupted twice, and is not tried any more. Take another dump, or restore on the command line.",
  },
});

const outcomeFile = "outcome.json";
const storedOutcome = z.object({
  at: z.number(),
  isDone: z.boolean(),
  text: z.object({ fr: z.string(), en: z.string() }),
});

async function saveOutcome(dataDir: string, outcome: RestoreOutcome): Promise<void> {
  const path = join(stagingDirectory(dataDir), outcomeFile);
  await writeFile(`${path}.new`, JSON.stringify(outcome), { mode: 0o600 });
  await publish(`${path}.new`, path);
}

/** How the last restore over the page ended; null before the first one. */
export async function loadOutcome(dataDir: string): Promise<RestoreOutcome | null> {
  const text = await readFile(join(stagingDirectory(dataDir), outcomeFile), "utf8").catch(() => null);
  if (text === null) return null;
  const { at, ...outcome } = storedOutcome.parse(JSON.parse(text));
  return { ...outcome, at: instant(at) };
}
