import { z } from "zod";

/** Dumps of all that is stored: listing, making, downloading, putting back. */

const instant = z.iso.datetime().describe("Instant in UTC, ISO 8601");
const texts = { fr: z.string(), en: z.string() };

export const backupKinds = ["backup", "before-update", "before-restore"] as const;

export const backup = z.strictObject({
  file: z.string(),
  kind: z.enum(backupKinds).describe("backup: asked for; the others were made before a change"),
  madeAt: instant,
  bytes: z.int(),
  schema: z.string().describe("Number of its last migration"),
});
export type Backup = z.infer<typeof backup>;

export const backupsAnswer = z.strictObject({
  directory: z.string(),
  backups: z.array(backup).describe("Newest first"),
});
export type BackupsAnswer = z.infer<typeof backupsAnswer>;

export const noBody = z.strictObject({}).default({});

export const madeAnswer = z.strictObject({ backup, rows: z.int().describe("Of all tables together") });

export const uploadQuery = z.strictObject({
  file: z.string().max(200).optional().describe("A dump of the list; absent: the body of the request is the dump"),
});

const extent = z.strictObject({
  usagePoint: z.string().describe("Its last four digits"),
  flow: z.enum(["consumption", "production"]),
  days: z.int(),
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
});

/** What a dump would put in the place of what is stored. */
export const restorePreview = z.strictObject({
  id: z.string().describe("To confirm this very restore by"),
  dump: z.strictObject({
    madeAt: instant,
    schema: z.string(),
    postgres: z.string(),
    rows: z.int(),
    tables: z.record(z.string(), z.int()).describe("Rows of each table"),
  }),
  here: z.strictObject({
    schema: z.string(),
    rows: z.int(),
    tables: z.record(z.string(), z.int()).describe("Rows of each table"),
    readings: z.array(extent),
  }),
  ...texts,
});
export type RestorePreview = z.infer<typeof restorePreview>;

export const restoreBody = z.strictObject({
  id: z.string().max(100).describe("Of the preview"),
  confirm: z.boolean().default(false).describe("Nothing is changed without"),
});

export const restoreAnswer = z.strictObject({ ...texts });
export type RestoreAnswer = z.infer<typeof restoreAnswer>;
