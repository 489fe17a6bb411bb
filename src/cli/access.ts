import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Language, Text } from "../shared/language.ts";
import type { Access } from "../sync/access/access.ts";
import { AccessRefusal } from "../sync/access/refusal.ts";
import type { StoredToken } from "../sync/access/store.ts";
import type { Settings } from "../sync/settings/settings.ts";
import type { AccessCommand } from "./command.ts";
import type { Output } from "./session.ts";

export interface AccessPort {
  readonly access: Access;
  readonly settings: Pick<Settings, "reseal">;
  readonly keyring: KeyringPort;
  readonly language: Language;
  readonly output: Output;
  readonly input: NodeJS.ReadStream;
}

/** What a change of the key of secrets needs of where it is kept. */
export interface KeyringPort {
  readonly makesKeys: boolean;
  rotate(): Promise<void>;
  forgetFormer(): Promise<void>;
}

/** Password, tokens and the key of secrets; 1 where it is refused. */
export async function manageAccess(port: AccessPort, command: AccessCommand): Promise<number> {
  try {
    switch (command.name) {
      case "password":
        return await setPassword(port, command.stdin);
      case "token":
        return await manageTokens(port, command);
      case "secrets":
        return await rotateSecrets(port);
    }
  } catch (error) {
    if (!(error instanceof AccessRefusal)) throw error;
    port.output.line(`✗ ${error.text[port.language]}`);
    return 1;
  }
}

async function setPassword({ access, language, output, input }: AccessPort, stdin: boolean): Promise<number> {
  const isPerson = !stdin && input.isTTY;
  const password = isPerson ? await asked(input, questions.once[language]) : await firstLine(input);
  if (isPerson && (await asked(input, questions.again[language])) !== password) {
    output.line(`✗ ${differ[language]}`);
    return 1;
  }
  await access.resetPassword(password);
  output.line(changed[language]);
  return 0;
}

/** Typed without being shown. */
async function asked(input: NodeJS.ReadStream, question: string): Promise<string> {
  process.stdout.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input, output: silent, terminal: true });
  try {
    return await reader.question("");
  } finally {
    reader.close();
    process.stdout.write("\n");
  }
}

/** A line break at its end, as `echo` writes it, is no part of a password. */
async function firstLine(input: NodeJS.ReadStream): Promise<string> {
  for await (const line of createInterface({ input })) return line;
  return "";
}

const questions: Readonly<Record<"once" | "again", Text>> = {
  once: { fr: "Nouveau mot de passe de la page : ", en: "New password of the page: " },
  again: { fr: "Encore une fois : ", en: "Once more: " },
};
const differ: Text = {
  fr: "Les deux ne sont pas les mêmes ; rien n'a changé.",
  en: "The two differ; nothing changed.",
};
const changed: Text = {
  fr: "Le mot de passe est changé ; toutes les sessions ouvertes sont fermées.",
  en: "The password is changed; every open session is closed.",
};

async function manageTokens(
  { access, language, output }: AccessPort,
  command: Extract<AccessCommand, { readonly name: "token" }>,
): Promise<number> {
  const tell = (json: unknown, lines: readonly string[]): number => {
    for (const line of command.json ? [JSON.stringify(json, null, 2)] : lines) output.line(line);
    return 0;
  };
  if (command.action === "create") {
    const { token, ...created } = await access.createToken(command.what);
    return tell({ ...viewOf(created), token }, [token, shownOnce[language]]);
  }
  const tokens = await access.listTokens();
  if (command.action === "list") return tell(tokens.map(viewOf), listed(tokens, language));
  const found = tokens.find(({ name }) => name === command.what);
  if (found === undefined) {
    output.line(`✗ ${unknownName(command.what)[language]}`);
    return 1;
  }
  await access.revokeToken(found.id);
  return tell({ revoked: found.name }, [revoked(found.name)[language]]);
}

const viewOf = ({ id, name, createdAt, lastUsedAt }: StoredToken) => ({
  id,
  name,
  createdAt: new Date(createdAt).toISOString(),
  lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
});

function listed(tokens: readonly StoredToken[], language: Language): readonly string[] {
  if (tokens.length === 0) return [noTokens[language]];
  return tokens.map(viewOf).map(({ name, createdAt, lastUsedAt }) => {
    const used = lastUsedAt?.slice(0, 10) ?? { fr: "jamais", en: "never" }[language];
    return language === "fr"
      ? `${name} : créé le ${createdAt.slice(0, 10)}, dernier usage : ${used}`
      : `${name}: created on ${createdAt.slice(0, 10)}, last used: ${used}`;
  });
}

const noTokens: Text = {
  fr: "Aucun jeton ; token create NOM en crée un.",
  en: "No token; token create NAME makes one.",
};
const shownOnce: Text = {
  fr: "Ce jeton ne sera plus montré. Il va dans l'en-tête Authorization: Bearer de chaque demande à l'API.",
  en: "This token is not shown again. It goes into the header Authorization: Bearer of each request to the API.",
};
const unknownName = (name: string): Text => ({
  fr: `Aucun jeton ne s'appelle « ${name} » ; token list montre ceux qui existent.`,
  en: `No token is called "${name}"; token list shows those that exist.`,
});
const revoked = (name: string): Text => ({
  fr: `Le jeton « ${name} » est révoqué : il n'ouvre plus rien.`,
  en: `The token "${name}" is revoked: it opens nothing any more.`,
});

/**
 * New key first, then every secret under it, then the former key away: killed at any instant, each secret is under a key
 * that is still there.
 */
async function rotateSecrets({ settings, keyring, language, output }: AccessPort): Promise<number> {
  await keyring.rotate();
  const { resealed, unreadable } = await settings.reseal();
  for (const key of unreadable) output.line(`✗ ${unreadableSecret(key)[language]}`);
  // What another key may still open is not given up.
  if (unreadable.length === 0) await keyring.forgetFormer();
  output.line(rotated(resealed, keyring.makesKeys)[language]);
  return unreadable.length === 0 ? 0 : 1;
}

const unreadableSecret = (key: string): Text => ({
  fr: `${key} ne peut pas être lu avec les clés présentes ; redonnez-le dans les réglages.`,
  en: `${key} cannot be read with the keys at hand; give it again in the settings.`,
});
const rotated = (count: number, makesKeys: boolean): Text =>
  makesKeys
    ? {
        fr: `Nouvelle clé ; secrets chiffrés sous elle : ${count}.`,
        en: `A new key; secrets encrypted under it: ${count}.`,
      }
    : {
        fr: `Secrets chiffrés sous la première clé de LINKY_SECRET_KEY : ${count}. Les suivantes peuvent en être ôtées.`,
        en: `Secrets encrypted under the first key of LINKY_SECRET_KEY: ${count}. Those behind it can be taken out.`,
      };
