import { AccessRefusal, type AccessRefusalCode } from "../../sync/access/refusal.ts";
import { ApiError } from "../errors.ts";

export const securityErrors = {
  setupRequired: () =>
    new ApiError(401, "setup_required", {
      fr: "Aucun mot de passe n'est encore choisi : ouvrez la page et donnez le code que le journal montre.",
      en: "No password has been chosen yet: open the page and give the code that the log shows.",
    }),
  loginRequired: () =>
    new ApiError(401, "login_required", {
      fr: "Connectez-vous d'abord, ou donnez un jeton (Authorization: Bearer lb_…).",
      en: "Log in first, or give a token (Authorization: Bearer lb_…).",
    }),
  unknownToken: () =>
    new ApiError(401, "unknown_token", {
      fr: "Ce jeton n'existe pas ou n'existe plus : créez-en un dans les réglages, ou par linky-bridge token create.",
      en: "This token does not exist, or no longer: make one in the settings, or with linky-bridge token create.",
    }),
  notForTokens: () =>
    new ApiError(403, "not_for_tokens", {
      fr: "Un jeton ne change ni réglages, ni mot de passe, ni jetons, ni sessions : connectez-vous sur la page.",
      en: "A token changes neither settings nor password nor tokens nor sessions: log in on the page.",
    }),
  otherSite: () =>
    new ApiError(403, "foreign_origin", {
      fr: "L'API ne répond pas aux pages d'un autre site.",
      en: "The API does not answer the pages of another site.",
    }),
  headerMissing: () =>
    new ApiError(403, "own_header_missing", {
      fr: "Cette demande doit porter l'en-tête X-Linky-Bridge: page, comme celles de la page.",
      en: "This request has to carry the header X-Linky-Bridge: page, as those of the page do.",
    }),
} as const;

const statusOf: Readonly<Record<AccessRefusalCode, number>> = {
  wrong_password: 401,
  wrong_code: 401,
  too_many_attempts: 429,
  password_unsuitable: 400,
  password_is_set: 409,
  no_password: 409,
  token_name_taken: 409,
  unknown_token: 404,
  unknown_session: 404,
};

/** A refusal of the use cases as an answer; anything else as it is. */
export const accessError = (error: unknown): unknown =>
  error instanceof AccessRefusal ? new ApiError(statusOf[error.code], error.code, error.text) : error;
