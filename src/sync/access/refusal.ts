import type { Text } from "../../shared/language.ts";
import { TextError } from "../../shared/text-error.ts";

export type AccessRefusalCode =
  | "wrong_password"
  | "wrong_code"
  | "too_many_attempts"
  | "password_unsuitable"
  | "password_is_set"
  | "no_password"
  | "token_name_taken"
  | "unknown_token"
  | "unknown_session";

/** Why somebody is not let in, or may not change who is. Codes never change. */
export class AccessRefusal extends TextError<AccessRefusalCode> {
  override readonly name = "AccessRefusal";
  /** Seconds to wait, where it is a matter of waiting. */
  readonly retryAfterSeconds: number | null;

  constructor(code: AccessRefusalCode, text: Text, retryAfterSeconds: number | null = null) {
    super(code, text);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const refusal = (code: AccessRefusalCode, fr: string, en: string): AccessRefusal => new AccessRefusal(code, { fr, en });

export const accessRefusals = {
  wrongPassword: () =>
    refusal(
      "wrong_password",
      "Ce n'est pas le mot de passe. Oublié ? Sur la machine du pont : linky-bridge password.",
      "That is not the password. Forgotten? On the bridge's machine: linky-bridge password.",
    ),
  wrongCode: () =>
    refusal(
      "wrong_code",
      "Ce n'est pas le code ; il est dans le journal de Linky Bridge, écrit à chaque démarrage.",
      "That is not the code; it is in the log of Linky Bridge, written at each start.",
    ),
  tooManyAttempts: (waitMs: number) => {
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    return new AccessRefusal(
      "too_many_attempts",
      {
        fr: `Trop d'essais : attendez ${seconds} s avant le prochain.`,
        en: `Too many attempts: wait ${seconds} s before the next one.`,
      },
      seconds,
    );
  },
  passwordIsSet: () =>
    refusal(
      "password_is_set",
      "Un mot de passe est déjà choisi : connectez-vous avec lui.",
      "A password has been chosen already: log in with it.",
    ),
  noPassword: () =>
    refusal(
      "no_password",
      "Aucun mot de passe n'est encore choisi : choisissez-en un d'abord.",
      "No password has been chosen yet: choose one first.",
    ),
  tokenNameTaken: (name: string) =>
    refusal(
      "token_name_taken",
      `Un jeton s'appelle déjà « ${name} » : choisissez un autre nom, ou révoquez-le d'abord.`,
      `There is already a token called "${name}": choose another name, or revoke that one first.`,
    ),
  unknownToken: (what: string) =>
    refusal(
      "unknown_token",
      `Il n'y a pas de jeton ${what} ; la liste montre ceux qui existent.`,
      `There is no token ${what}; the list shows those that exist.`,
    ),
  unknownSession: () =>
    refusal(
      "unknown_session",
      "Cette session n'existe pas ou n'existe plus ; la liste montre celles qui durent.",
      "This session does not exist, or no longer; the list shows those that last.",
    ),
} as const;

/** Far above what anybody types, far below what would take long to hash. */
const longest = 200;
const shortest = 8;
const tooCommon = /^(.)\1*$|^(12345678\d*|password\d*|motdepasse\d*|azertyui(op)?|qwertyui(op)?|linky-?bridge\d*)$/i;

/** Why `password` would protect nothing; null when it may be used. */
export function passwordFault(password: string): AccessRefusal | null {
  const length = [...password.normalize("NFKC")].length;
  if (length < shortest)
    return refusal(
      "password_unsuitable",
      `Le mot de passe est trop court : ${shortest} caractères au moins.`,
      `The password is too short: ${shortest} characters at least.`,
    );
  if (length > longest)
    return refusal(
      "password_unsuitable",
      `Le mot de passe est trop long : ${longest} caractères au plus.`,
      `The password is too long: ${longest} characters at most.`,
    );
  if (!tooCommon.test(password)) return null;
  return refusal(
    "password_unsuitable",
    "Ce mot de passe est le premier que l'on essaie ; choisissez-en un autre, par exemple quatre mots.",
    "This password is the first one anybody tries; choose another one, four words for instance.",
  );
}
