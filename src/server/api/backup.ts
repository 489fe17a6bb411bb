import { z } from "zod";
import { confirmed, day, instant, text, usagePoint } from "./fields.ts";

/** Dumps of all that is stored: listing, making, downloading, putting back. */

const backup = z.strictObject({
  file: z.string(),
  kind: z
    .enum(["backup", "before-update", "before-restore"])
    .describe("backup: asked for; the others were made before a change"),
  madeAt: instant,
  bytes: z.int(),
  schema: z.string().describe("Number of its last migration"),
});
export type Backup = z.infer<typeof backup>;

export const backupsAnswer = z.strictObject({
  directory: z.string().describe("Where they lie"),
  backups: z.array(backup).describe("Newest first"),
  lastRestore: z
    .strictObject({ at: instant, isDone: z.boolean(), ...text.shape })
    .nullable()
    .describe("How the last restore over the page ended"),
});
export type BackupsAnswer = z.infer<typeof backupsAnswer>;

export const backupMadeAnswer = z.strictObject({ backup, rows: z.int().describe("Of all tables together") });
export type BackupMadeAnswer = z.infer<typeof backupMadeAnswer>;

export const downloadQuery = z.strictObject({
  file: z.string().max(200).optional().describe("A dump of the list; absent: a new one of this moment"),
});
/** Bytes, which no schema describes. */
export const dumpFile = z.unknown().describe("A dump: gzip, its first line a JSON header");

export const stageQuery = z.strictObject({
  file: z
    .string()
    .max(200)
    .optional()
    .describe("A dump of the list; absent: the body of the request is one, as application/octet-stream"),
  name: z.string().min(1).max(255).optional().describe("What the dump in the body is called, for what is said of it"),
});

const tables = z.record(z.string(), z.int()).describe("Rows of each table");

/** What a dump would put in the place of what is stored. */
export const restorePreviewAnswer = z.strictObject({
  id: z.string().describe("To confirm this very restore by"),
  dump: z.strictObject({
    madeAt: instant,
    schema: z.string().describe("Number of its last migration"),
    postgres: z.string().describe("Version of the server it was made with"),
    rows: z.int(),
    tables,
  }),
  here: z.strictObject({
    schema: z.string(),
    rows: z.int(),
    tables,
    days: z.array(
      z.strictObject({
        usagePoint,
        flow: z.enum(["consumption", "production"]),
        count: z.int().describe("Known days"),
        first: day,
        last: day,
      }),
    ),
  }),
  ...text.shape,
});
export type RestorePreviewAnswer = z.infer<typeof restorePreviewAnswer>;

export const restoreBody = z.strictObject({ id: z.string().max(100).describe("Of the preview"), ...confirmed });
export type RestoreBody = z.input<typeof restoreBody>;

export const restoreAnswer = text;
export type RestoreAnswer = z.infer<typeof restoreAnswer>;
