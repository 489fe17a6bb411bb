import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { Text } from "../shared/language.ts";
import type { Logger } from "../shared/log.ts";
import { AdoptionRefusal, retryCodes } from "../sync/adoption/refusal.ts";
import { BackupTrouble } from "../sync/backups/backups.ts";
import { BillRefusal, type BillRefusalCode } from "../sync/bill/refusal.ts";
import { ContributionRefusal } from "../sync/contribution/contribute.ts";
import { EnergyRefusal } from "../sync/energy/refusal.ts";
import { ManualRefusal } from "../sync/manual/refusal.ts";
import { HomeAssistantFailure, type HomeAssistantReason } from "../sync/statistics/recorder.ts";

/** An answer that is no success: `{error: {code, fr, en}}`. Codes never change. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly text: Text;

  constructor(status: number, code: string, text: Text) {
    super(text.en);
    this.status = status;
    this.code = code;
    this.text = text;
  }
}

export const apiErrors = {
  /** @param where a field's name, which is the same in both languages, or what is said of it. */
  invalid: (where: string | Text) => {
    const { fr, en } = typeof where === "string" ? { fr: where, en: where } : where;
    return new ApiError(400, "invalid_request", {
      fr: `La demande est incomplète ou incorrecte : ${fr}.`,
      en: `The request is incomplete or wrong: ${en}.`,
    });
  },
  notConfirmed: () =>
    new ApiError(400, "not_confirmed", {
      fr: 'Rien n\'a été changé : la demande doit porter "confirm": true.',
      en: 'Nothing was changed: the request has to carry "confirm": true.',
    }),
  foreignHost: () =>
    new ApiError(403, "foreign_host", {
      fr: "L'API ne répond que sous le nom de cette machine (localhost, 127.0.0.1) ou celui de l'option api_host.",
      en: "The API answers only under the name of this machine (localhost, 127.0.0.1) or that of the option api_host.",
    }),
  foreignAddress: () =>
    new ApiError(403, "foreign_address", {
      fr: "L'application ne répond qu'à Home Assistant ; l'option api_host, à 0.0.0.0, l'ouvre à votre réseau.",
      en: "The app answers Home Assistant only; the option api_host, at 0.0.0.0, opens it to your network.",
    }),
  foreignOrigin: () =>
    new ApiError(403, "foreign_origin", {
      fr: "L'API ne répond pas aux pages d'un autre site.",
      en: "The API does not answer the pages of another site.",
    }),
  notFound: () =>
    new ApiError(404, "not_found", { fr: "Cette adresse n'existe pas.", en: "There is nothing at this address." }),
  methodNotAllowed: (allowed: readonly string[]) =>
    new ApiError(405, "method_not_allowed", {
      fr: `Cette adresse ne répond qu'à ${allowed.join(", ")}.`,
      en: `This address answers ${allowed.join(", ")} only.`,
    }),
  starting: () =>
    new ApiError(503, "starting", {
      fr: "Linky Bridge redémarre avec les nouveaux réglages ; réessayez dans un instant.",
      en: "Linky Bridge is starting anew with the new settings; try again in a moment.",
    }),
  tooSlow: () =>
    new ApiError(408, "too_slow", {
      fr: "La demande n'est pas arrivée entière à temps ; envoyez-la de nouveau.",
      en: "The request did not arrive whole in time; send it again.",
    }),
  homeAssistantOff: () =>
    new ApiError(409, "home_assistant_off", {
      fr: "Home Assistant n'est pas réglé : donnez HOMEASSISTANT_URL et HOMEASSISTANT_TOKEN.",
      en: "Home Assistant is not set: give HOMEASSISTANT_URL and HOMEASSISTANT_TOKEN.",
    }),
  tooLarge: () =>
    new ApiError(413, "too_large", { fr: "La demande est trop longue.", en: "The request is too large." }),
  addressTooLong: () =>
    new ApiError(414, "address_too_long", {
      fr: "L'adresse demandée est trop longue.",
      en: "The address asked for is too long.",
    }),
  notJson: () =>
    new ApiError(415, "not_json", {
      fr: "La demande doit être en JSON (content-type: application/json).",
      en: "The request has to be JSON (content-type: application/json).",
    }),
  headersTooLong: () =>
    new ApiError(431, "headers_too_long", {
      fr: "Les en-têtes de la demande sont trop longs : effacez les cookies de cette adresse.",
      en: "The headers of the request are too long: delete the cookies of this address.",
    }),
  tooManyListeners: () =>
    new ApiError(503, "too_many_listeners", {
      fr: "Trop de pages suivent déjà cette information en direct ; fermez-en une.",
      en: "Too many pages follow this live already; close one of them.",
    }),
  internal: () =>
    new ApiError(500, "internal", {
      fr: "Linky Bridge a rencontré une erreur ; le journal en dit plus.",
      en: "Linky Bridge met with an error; the log tells more.",
    }),
} as const;

/** Every failure as an answer; what nobody foresaw goes to the log, and not to the caller. */
export function answerError(log: Logger) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known = apiErrorOf(error);
    if (known === null && !hasHungUp(error, request))
      log.error({ err: error, route: request.routeOptions.url }, "a request failed");
    return sendError(reply, known ?? apiErrors.internal());
  };
}

/** Whoever sent half a request and went is told nothing, and it is nobody's fault here. */
const hasHungUp = (error: unknown, { raw }: FastifyRequest): boolean =>
  raw.socket.destroyed && error instanceof Error && "code" in error && error.code === "ECONNRESET";

export const sendError = (reply: FastifyReply, { status, code, text }: ApiError): FastifyReply =>
  reply.code(status).send({ error: { code, ...text } });

function apiErrorOf(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  if (error instanceof EnergyRefusal)
    return new ApiError(error.code === "unknown_id" ? 400 : 409, error.code, error.text);
  if (error instanceof AdoptionRefusal)
    return new ApiError(retryCodes.includes(error.code) ? 503 : 409, error.code, error.text);
  if (error instanceof BillRefusal)
    return new ApiError(nothingThere.includes(error.code) ? 404 : 400, error.code, error.text);
  if (error instanceof BackupTrouble)
    return new ApiError(backupStatuses[error.code] ?? 409, `backup_${error.code}`, error.text);
  if (error instanceof ContributionRefusal) return new ApiError(400, "invalid_offer", error.text);
  if (error instanceof ManualRefusal) return new ApiError(409, error.code, error.text);
  if (error instanceof HomeAssistantFailure)
    return new ApiError(isPassing(error.reason) ? 503 : 502, `home_assistant_${error.reason}`, error.text);
  return isFastifyError(error) ? ofFramework(error) : null;
}

/** What is not the state of the store: nothing there, no dump at all, a full disk. */
const backupStatuses: Readonly<Record<string, number>> = {
  not_found: 404,
  not_staged: 404,
  not_a_dump: 400,
  damaged: 400,
  not_written: 507,
  no_room: 507,
};

/** The request is right, and there is nothing it is about. */
const nothingThere: readonly BillRefusalCode[] = ["no_meter", "unknown_meter", "no_readings"];

const isPassing = (reason: HomeAssistantReason): boolean =>
  reason === "unreachable" || reason === "not_ready" || reason === "not_stored";

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("FST_");

/** Refusals of the framework, before any route is reached. */
function ofFramework({ code, statusCode = 500 }: FastifyError): ApiError | null {
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return apiErrors.notJson();
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return apiErrors.tooLarge();
  // A path to a file that is written in a way no link is.
  if (code.startsWith("FST_STATIC_")) return apiErrors.notFound();
  return statusCode < 500 ? apiErrors.invalid(notJson) : null;
}

const notJson: Text = { fr: "son contenu n'est pas du JSON", en: "its content is no JSON" };
