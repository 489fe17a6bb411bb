import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { Text } from "../../shared/language.ts";
import type { ExportPort } from "../../sync/diagnostics/exports.ts";
import {
  type ExportType,
  exportTypes,
  isOptionOf,
  optionChanges,
  unknownType,
} from "../../sync/exports/destination-options.ts";
import type { ExportLog } from "../../sync/exports/memory.ts";
import { isoOf, isoOrNull } from "../../sync/view/iso.ts";
import { problems } from "../api/errors.ts";
import {
  changedExportAnswer,
  changeExportBody,
  type ExportConfig,
  exportConfig,
  exportConfigsAnswer,
  exportParams,
  logsAnswer,
  logsQuery,
  runAnswer,
} from "../api/exports.ts";
import { noQuery } from "../api/fields.ts";
import { type Setting, tryAnswer, tryBody } from "../api/settings.ts";
import { ApiError, apiErrors } from "../errors.ts";
import type { OperationsParts } from "../operations.ts";
import type { RouteContext, SettingsParts } from "../parts.ts";
import { refuseTokens } from "../security/plugin.ts";
import { changeSettings, trySettings } from "../setting-changes.ts";
import { listOf } from "./settings.ts";

const tags = ["Exports"];

/** Settings know an empty list as one that was never given: everything would leave instead of nothing. */
const nothingChosen: Text = {
  fr: "exportData est vide ; nommez au moins une donnée, ou suspendez la destination avec enabled: false (null remet le choix par défaut)",
  en: "exportData is empty; name at least one kind of data, or suspend the destination with enabled: false (null sets the default choice again)",
};

/** The destinations: their settings, their trial, a run now, and the log of their runs. */
export const exportRoutes =
  ({ parts: { operations, settings }, signal, inTurn }: RouteContext): FastifyPluginAsyncZod =>
  async (app) => {
    if (!operations) return;
    const view = (type: ExportType) => configOf(type, operations, settings);

    app.get(
      "/api/export/configs",
      {
        schema: {
          tags,
          summary: "The destinations with their settings, and how they fare; no secret",
          querystring: noQuery,
          response: { 200: exportConfigsAnswer, ...problems },
        },
      },
      async () => ({ configs: await Promise.all(exportTypes.map(view)) }),
    );
    app.get(
      "/api/export/configs/:type",
      {
        schema: {
          tags,
          summary: "One destination with its settings; no secret",
          params: exportParams,
          querystring: noQuery,
          response: { 200: exportConfig, ...problems },
        },
      },
      (request) => view(typeOf(request.params.type)),
    );
    app.get(
      "/api/export/logs",
      {
        schema: {
          tags,
          summary: "Runs of the last year, the latest first: what was brought, and why not",
          querystring: logsQuery,
          response: { 200: logsAnswer, ...problems },
        },
      },
      async ({ query: { type, limit, before } }) => {
        const filter = { destination: type ?? null, beforeId: before ?? null, limit };
        return { logs: (await operations.exportLogs.loadExportLogs(filter)).map(logView) };
      },
    );
    app.post(
      "/api/export/:type/run",
      {
        schema: {
          tags,
          summary: "Brings now what a destination lacks, and answers when that has ended",
          params: exportParams,
          response: { 200: runAnswer, ...problems },
        },
      },
      async (request) => {
        refuseTokens(request);
        const type = typeOf(request.params.type);
        const { run } = portOf(type, operations);
        if (run === null) throw notSet(type);
        const { status, records, problem } = await run();
        return { type, status, records, problem: problem && { ...problem } };
      },
    );
    if (!settings) return;
    app.put(
      "/api/export/configs/:type",
      {
        schema: {
          tags,
          summary: "Sets a destination: all of it, or nothing where one setting is at fault",
          params: exportParams,
          body: changeExportBody,
          response: { 200: changedExportAnswer, ...problems },
        },
      },
      (request, reply) =>
        inTurn(async () => {
          const type = typeOf(request.params.type);
          if (request.body.exportData?.length === 0) throw apiErrors.invalid(nothingChosen);
          const changes = optionChanges(type, request.body);
          const isChanged = await changeSettings(settings, { request, reply, changes });
          return { ...(await view(type)), isChanged };
        }),
    );
    app.post(
      "/api/export/configs/:type/test",
      {
        schema: {
          tags,
          summary: "Tries a destination with settings that are not kept",
          params: exportParams,
          body: tryBody,
          response: { 200: tryAnswer, ...problems },
        },
      },
      (request) => {
        const type = typeOf(request.params.type);
        const changes = optionChanges(type, { settings: request.body.changes });
        return trySettings(settings, { request, name: type, changes, signal });
      },
    );
  };

/** @throws ApiError */
function typeOf(text: string): ExportType {
  const type = exportTypes.find((known) => known === text);
  if (type === undefined) throw new ApiError(404, "unknown_destination", unknownType(text));
  return type;
}

function portOf(type: ExportType, { exports }: OperationsParts): ExportPort {
  const port = exports.find(({ destination }) => destination === type);
  if (port === undefined) throw new Error(`No port of the destination ${type}`);
  return port;
}

const notSet = (type: ExportType): ApiError =>
  new ApiError(409, "destination_off", {
    fr: `La destination ${type} n'est pas réglée ou elle est éteinte : rien ne peut y être envoyé. Réglez-la d'abord.`,
    en: `The destination ${type} is not set up or switched off: nothing can be sent there. Set it up first.`,
  });

async function configOf(
  type: ExportType,
  operations: OperationsParts,
  settings: SettingsParts | undefined,
): Promise<ExportConfig> {
  const port = portOf(type, operations);
  const { state, lastSuccessAt, problem } = await port.status();
  const own = settings ? (await listOf(settings)).settings.filter(({ key }) => isOptionOf(type, key)) : [];
  const setTo = (part: string): unknown => own.find(({ key }) => key === `${type}_${part}`)?.value;
  const [interval, exportData] = [setTo("interval"), setTo("export_data")];
  return {
    type,
    name: { ...port.name },
    state,
    address: port.address,
    enabled: state !== "off",
    intervalMinutes: typeof interval === "number" ? interval : null,
    exportData: chosenOf(
      own.find(({ key }) => key === `${type}_export_data`),
      exportData,
    ),
    lastSuccessAt: isoOrNull(lastSuccessAt),
    nextRunAt: isoOrNull(port.nextAt),
    problem: problem && { ...problem.text, since: isoOrNull(problem.since) },
    settings: own,
  };
}

/** Unset, a choice of several holds all there are. */
function chosenOf(option: Setting | undefined, value: unknown): readonly string[] | null {
  if (option === undefined) return null;
  return Array.isArray(value) ? value.filter((word) => typeof word === "string") : option.choices;
}

const logView = ({ id, destination, status, records, error, startedAt, completedAt }: ExportLog) => ({
  id,
  type: destination,
  status,
  records,
  error,
  startedAt: isoOf(startedAt),
  completedAt: isoOrNull(completedAt),
});
