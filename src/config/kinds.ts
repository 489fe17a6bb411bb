import { isIP } from "node:net";
import { z } from "zod";
import { type UsagePointId, usagePointId } from "../domain/units.ts";
import { nearMiss } from "./near-miss.ts";
import { Refusal, refuse } from "./remark.ts";

/** What an option accepts: cleaned text in, typed value or a refusal in both languages out. */
export type Kind<T> = z.ZodType<T, string>;

/** A kind out of a function. The refusal travels in the issue's `params`, because zod's messages have one language. */
export const kind = <T>(read: (raw: string) => T | Refusal): Kind<T> =>
  z.string().transform((raw, context) => {
    const value = read(raw);
    if (!(value instanceof Refusal)) return value;
    context.addIssue({ code: "custom", params: { refusal: value } });
    return z.NEVER;
  });

/** The typed value, or why it was refused. */
export function readAs<T>(schema: Kind<T>, raw: string): T | Refusal {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const refusal = issue.code === "custom" ? issue.params?.refusal : undefined;
    if (refusal instanceof Refusal) return refusal;
  }
  throw result.error;
}

export const anyText: Kind<string> = z.string();

const yes = ["true", "1", "yes", "on", "oui", "vrai"];
const no = ["false", "0", "no", "off", "non", "faux"];

export const flag: Kind<boolean> = kind((raw) => {
  const word = raw.toLowerCase();
  if (yes.includes(word)) return true;
  if (no.includes(word)) return false;
  return refuse(
    `« ${raw} » n'est ni oui ni non ; écrivez true ou false.`,
    `"${raw}" is neither yes nor no; write true or false.`,
  );
});

export const choice = <const T extends string>(allowed: readonly T[]): Kind<T> =>
  kind((raw) => {
    const found = allowed.find((value) => value === raw.toLowerCase());
    return found ?? refuseChoice(raw, allowed);
  });

export interface WholeNumberRange {
  readonly from: number;
  readonly to: number;
  /** What a fault proposes to write; absent: the least one. */
  readonly example?: number;
}

export const wholeNumber = ({ from, to, example = from }: WholeNumberRange): Kind<number> =>
  kind((raw) => {
    const value = Number(raw);
    if (/^\d+$/.test(raw) && value >= from && value <= to) return value;
    return refuse(
      `« ${raw} » n'est pas un nombre entier de ${from} à ${to} ; écrivez par exemple ${example}.`,
      `"${raw}" is not a whole number from ${from} to ${to}; write for example ${example}.`,
    );
  });

/** Several of `allowed`, separated by commas, semicolons or spaces, each once and in the order of `allowed`. */
export const listOf = <const T extends string>(allowed: readonly T[]): Kind<readonly T[]> =>
  kind((raw) => {
    const words = raw.split(/[\s,;]+/).filter((word) => word !== "");
    const stranger = words.find((word) => !allowed.some((value) => value === word.toLowerCase()));
    if (stranger !== undefined) return refuseChoice(stranger, allowed);
    return allowed.filter((value) => words.some((word) => word.toLowerCase() === value));
  });

function refuseChoice(raw: string, allowed: readonly string[]): Refusal {
  const meant = nearMiss(raw, allowed);
  const all = allowed.join(", ");
  return meant === undefined
    ? refuse(`« ${raw} » est inconnu ; choisissez parmi ${all}.`, `"${raw}" is unknown; choose among ${all}.`)
    : refuse(
        `« ${raw} » est inconnu, vouliez-vous dire « ${meant} » ? Choisissez parmi ${all}.`,
        `"${raw}" is unknown, did you mean "${meant}"? Choose among ${all}.`,
      );
}

/** First levels of an MQTT topic. Slashes at the ends are dropped: the intention is certain. */
export const topicPrefix: Kind<string> = kind((raw) => {
  const prefix = raw.replaceAll(/^\/+|\/+$/g, "");
  const wrong = [...prefix].find((character) => character === "#" || character === "+" || character < " ");
  if (wrong !== undefined) {
    const shown = wrong < " " ? "\\x00-\\x1f" : wrong;
    return refuse(
      `le caractère « ${shown} » est interdit dans un sujet MQTT ; n'employez que lettres, chiffres, « _ », « - » et « / ».`,
      `the character "${shown}" is not allowed in an MQTT topic; use letters, digits, "_", "-" and "/" only.`,
    );
  }
  if (prefix.startsWith("$"))
    return refuse(
      "les sujets MQTT qui commencent par « $ » sont réservés au serveur MQTT ; ôtez ce signe.",
      'MQTT topics that begin with "$" belong to the broker; remove that sign.',
    );
  if (prefix === "" || prefix.includes("//"))
    return refuse(
      `« ${raw} » contient un niveau vide ; écrivez par exemple maison/linky.`,
      `"${raw}" has an empty level; write for example home/linky.`,
    );
  return prefix;
});

/** A machine's name or address to listen on, in lower case; the brackets of an IPv6 address are dropped. */
export const hostName: Kind<string> = kind((raw) => {
  const host = raw.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) !== 0 || /^(?=.{1,253}$)[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/.test(host)) return host;
  return refuse(
    `« ${raw} » n'est ni un nom de machine ni une adresse ; écrivez par exemple 127.0.0.1, sans protocole ni port.`,
    `"${raw}" is neither a host name nor an address; write for example 127.0.0.1, without protocol or port.`,
  );
});

/** A path as the user wrote it; made absolute by whoever knows the working directory. */
export const path: Kind<string> = kind((raw) =>
  raw.startsWith("~")
    ? refuse(
        `« ${raw} » : le raccourci « ~ » n'est pas compris ici ; écrivez le chemin complet, par exemple /home/marie/linky.`,
        `"${raw}": the shorthand "~" is not understood here; write the full path, for example /home/marie/linky.`,
      )
    : raw,
);

/** Usage points separated by commas, semicolons or spaces; blanks inside one are accepted as bills print them. */
export const usagePoints: Kind<readonly UsagePointId[]> = kind((raw) => {
  const ids = new Set<UsagePointId>();
  for (const item of raw.split(/[,;\n]+/).map((part) => part.trim())) {
    if (item === "") continue;
    const words = item.split(/\s+/);
    for (const id of words.every((word) => /^\d{14}$/.test(word)) ? words : [words.join("")]) {
      if (!/^\d{14}$/.test(id)) return refuseUsagePoint(id);
      ids.add(usagePointId(id));
    }
  }
  return [...ids];
});

function refuseUsagePoint(id: string): Refusal {
  const shown = `…${id.slice(-4)}`;
  return /^\d+$/.test(id)
    ? refuse(
        `« ${shown} » a ${id.length} chiffres au lieu de 14 ; recopiez le numéro de PDL (ou PRM) de votre facture, entre guillemets s'il commence par 0.`,
        `"${shown}" has ${id.length} digits instead of 14; copy the PDL (or PRM) number from your bill, in quotes when it begins with 0.`,
      )
    : refuse(
        `« ${shown} » n'est pas un numéro de PDL (ou PRM) : il a 14 chiffres et rien d'autre ; séparez plusieurs numéros par des virgules.`,
        `"${shown}" is not a PDL (or PRM) number: it has 14 digits and nothing else; separate several numbers by commas.`,
      );
}
