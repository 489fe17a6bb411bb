import { Readable } from "node:stream";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { Text } from "../../shared/language.ts";
import type { Backups, DumpFacts, StoredBackup, StoreFacts, UploadedDump } from "../../sync/backups/backups.ts";
import { isoOf } from "../../sync/view/iso.ts";
import {
  backupMadeAnswer,
  backupsAnswer,
  downloadQuery,
  dumpFile,
  restoreAnswer,
  restoreBody,
  restorePreviewAnswer,
  stageQuery,
} from "../api/backup.ts";
import { problems } from "../api/errors.ts";
import { noQuery } from "../api/fields.ts";
import { apiErrors } from "../errors.ts";
import { sendFile } from "../file.ts";
import type { RouteContext } from "../parts.ts";
import { requireConfirmation } from "../request.ts";
import { refuseTokens } from "../security/plugin.ts";

const tags = ["backup"];

/** Dumps of all that is stored: kept here, taken away, and put back. */
export const backupRoutes =
  ({ parts: { operations }, signal, inTurn }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    const backups = operations?.backups;
    if (!operations || !backups) return;
    // A dump is read as it comes: it is larger than anything else that is sent here.
    app.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));
    app.get(
      "/api/backup",
      {
        schema: {
          tags,
          summary: "Downloads a dump of all that is stored",
          querystring: downloadQuery,
          response: {
            200: { description: "A dump", content: { "application/octet-stream": { schema: dumpFile } } },
            ...problems,
          },
        },
      },
      async ({ query }, reply) => sendFile(reply, await backups.download(query.file, signal)),
    );
    app.get(
      "/api/backups",
      {
        schema: {
          tags,
          summary: "The dumps in the data directory",
          querystring: noQuery,
          response: { 200: backupsAnswer, ...problems },
        },
      },
      () => backupsView(backups),
    );
    app.post(
      "/api/backups",
      { schema: { tags, summary: "Makes a dump and keeps it", response: { 200: backupMadeAnswer, ...problems } } },
      () =>
        inTurn(async () => {
          const { backup, rows } = await backups.make(signal);
          return { backup: backupView(backup), rows };
        }),
    );
    app.post(
      "/api/restore/preview",
      {
        schema: {
          tags,
          summary: "Takes a dump in, checks it, and tells what it would replace",
          querystring: stageQuery,
          response: { 200: restorePreviewAnswer, ...problems },
        },
      },
      (request) => {
        refuseTokens(request);
        const { query, body } = request;
        return inTurn(async () => {
          const from = query.file === undefined ? uploaded(body, query.name) : { file: query.file };
          const { id, dump } = await backups.stage(from, signal);
          return previewView(id, dump, await backups.here());
        });
      },
    );
    app.post(
      "/api/restore",
      {
        schema: {
          tags,
          summary: "Puts a previewed dump in the place of what is stored; the service restarts into it",
          body: restoreBody,
          response: { 200: restoreAnswer, ...problems },
        },
      },
      (request, reply) => {
        // A dump brings its own password, tokens and settings.
        refuseTokens(request);
        requireConfirmation(request.body);
        return inTurn(async () => {
          await backups.confirm(request.body.id);
          // The answer leaves before the server closes.
          reply.raw.once("close", () => operations.restart());
          return restarting;
        });
      },
    );
  };

/** @throws ApiError where no dump came with the request. */
function uploaded(body: unknown, name: string | undefined): UploadedDump {
  if (body instanceof Readable) return { content: body, name: name ?? null };
  throw apiErrors.invalid({
    fr: "envoyez la sauvegarde comme application/octet-stream, ou nommez-en une par file",
    en: "send the dump as application/octet-stream, or name one by file",
  });
}

const restarting: Text = {
  fr: "Linky Bridge redémarre sur cette sauvegarde ; ce qui y est maintenant est sauvegardé d'abord. Cela prend moins d'une minute.",
  en: "Linky Bridge restarts into this dump; what is there now is dumped first. This takes less than a minute.",
};

async function backupsView(backups: Backups) {
  const last = await backups.lastRestore();
  return {
    directory: backups.directory,
    backups: (await backups.list()).map(backupView),
    lastRestore: last && { at: isoOf(last.at), isDone: last.isDone, ...last.text },
  };
}

const backupView = ({ madeAt, ...backup }: StoredBackup) => ({ ...backup, madeAt: isoOf(madeAt) });

const rowsIn = (tables: Readonly<Record<string, number>>): number =>
  Object.values(tables).reduce((sum, rows) => sum + rows, 0);

const previewView = (id: string, dump: DumpFacts, here: StoreFacts) => ({
  id,
  dump: { ...dump, madeAt: isoOf(dump.madeAt), rows: rowsIn(dump.tables), tables: { ...dump.tables } },
  here: { ...here, rows: rowsIn(here.tables), tables: { ...here.tables }, days: [...here.days] },
  ...comparison(dump, here),
});

/** The readings tell best whether it is the right dump. */
function comparison(dump: DumpFacts, here: StoreFacts): Text {
  const [there, now] = [dump.tables.day ?? 0, here.tables.day ?? 0];
  return {
    fr: `La sauvegarde tient ${there} journées, la base d'ici ${now}. Ce qui est ici sera gardé dans une sauvegarde, puis remplacé.`,
    en: `The dump holds ${there} days, the store here ${now}. What is here will be kept as a dump, then replaced.`,
  };
}
