import type { Text } from "../shared/language.ts";
import { destinationNames } from "../sync/exports/destination.ts";
import { tooMuch, unknown } from "./argument-faults.ts";
import type { CommonArguments, ParsedArguments } from "./command.ts";

const tokenActions = ["list", "create", "revoke"] as const;

/** `token [list]`, `token create NAME`, `token revoke NAME`. */
export function readToken(
  common: CommonArguments,
  [word = "list", what]: readonly string[],
  json: boolean,
): ParsedArguments {
  const action = tokenActions.find((known) => known === word);
  if (action === undefined) return { fault: unknown(word, tokenActions, "commande") };
  if (action === "list")
    return what === undefined ? { ...common, name: "token", action, json } : { fault: tooMuch(what, "token") };
  const name = what?.trim() ?? "";
  return name === "" ? { fault: tokenWhat(action) } : { ...common, name: "token", action, what: name, json };
}

const tokenWhat = (action: string): Text => ({
  fr: `token ${action} attend un nom, par exemple : token ${action} grafana.`,
  en: `token ${action} needs a name, for example: token ${action} grafana.`,
});
/** `secrets rotate`. */
export const readSecrets = (common: CommonArguments, word: string | undefined): ParsedArguments =>
  word === "rotate"
    ? { ...common, name: "secrets", action: "rotate" }
    : { fault: word === undefined ? secretsWhat : unknown(word, ["rotate"], "commande") };

/** `export [DESTINATION]`, `test-export DESTINATION`. */
export function readExport(
  common: CommonArguments,
  name: "export" | "test-export",
  { word, json }: { readonly word: string | undefined; readonly json: boolean },
): ParsedArguments {
  if (word === undefined) return name === "export" ? { ...common, name, json } : { fault: testExportWhat };
  const what = destinationNames.find((known) => known === word.toLowerCase());
  if (what === undefined) return { fault: unknown(word, destinationNames, "destination") };
  return name === "export" ? { ...common, name, what, json } : { ...common, name, what };
}

const testExportWhat: Text = {
  fr: `test-export attend une destination : ${destinationNames.join(", ")}.`,
  en: `test-export needs a destination: ${destinationNames.join(", ")}.`,
};
const secretsWhat: Text = {
  fr: "secrets attend rotate : secrets rotate change la clé des secrets.",
  en: "secrets needs rotate: secrets rotate changes the key of secrets.",
};
