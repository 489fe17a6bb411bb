import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Text } from "../../shared/language.ts";
import { registerSecret } from "../../shared/redaction.ts";
import { KeyFailure } from "../../sync/settings/store.ts";
import { keyOf, newKey, parseKey, type SecretKey, writeKey } from "./key.ts";

/** The keys at hand. The first seals; the others only open what they sealed before. */
export interface Keyring {
  /** None before the first use. */
  load(): Promise<readonly SecretKey[]>;
  /** The one that seals; made where there is none. */
  current(): Promise<SecretKey>;
  /** Whether `rotate` can make a key, which otherwise its user gives. */
  readonly makesKeys: boolean;
  /** Puts a new key before the others. */
  rotate(): Promise<void>;
  /** Forgets all but the first. */
  forgetFormer(): Promise<void>;
}

/** Keys of the environment, which the program never writes. */
export function givenKeyring(texts: readonly string[]): Keyring {
  const keys = texts.map(keyOf);
  const [first] = keys;
  if (first === undefined) throw new Error("No key is given");
  const nothing = async (): Promise<void> => undefined;
  return {
    load: async () => keys,
    current: async () => first,
    makesKeys: false,
    rotate: nothing,
    forgetFormer: nothing,
  };
}

/** Keys in a file beside the database, a line each, readable by its owner alone. Made when first needed. */
export function fileKeyring(path: string): Keyring {
  async function load(): Promise<readonly SecretKey[]> {
    const text = await readIfThere(path);
    if (text === null) return [];
    const keys = text.split("\n").flatMap((line) => {
      const key = parseKey(line.trim());
      if (key) registerSecret(line.trim());
      return key === null ? [] : [key];
    });
    if (keys.length === 0) throw new KeyFailure(damaged(path));
    return keys;
  }

  return {
    load,
    makesKeys: true,
    async current() {
      const [known] = await load();
      if (known) return known;
      await write(path, [newKey()], { onlyFirst: true });
      const [made] = await load();
      if (made === undefined) throw new KeyFailure(damaged(path));
      return made;
    },
    rotate: async () => write(path, [newKey(), ...(await load())], { onlyFirst: false }),
    forgetFormer: async () => write(path, (await load()).slice(0, 1), { onlyFirst: false }),
  };
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new KeyFailure(unreadable(path, error), { cause: error });
  }
}

/** Whole or not at all, also when the power goes; of two that make the first key at once one wins. */
async function write(
  path: string,
  keys: readonly SecretKey[],
  { onlyFirst }: { readonly onlyFirst: boolean },
): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(`${keys.map(writeKey).join("\n")}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    if (onlyFirst) await link(draft, path).catch(ignoreExisting);
    else await rename(draft, path);
  } catch (error) {
    throw error instanceof KeyFailure ? error : new KeyFailure(unwritable(path, error), { cause: error });
  } finally {
    await rm(draft, { force: true });
  }
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
}

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "?");

const unreadable = (path: string, error: unknown): Text => ({
  fr: `Le fichier de la clé des secrets ${path} ne peut pas être lu (${codeOf(error)}) ; corrigez ses droits.`,
  en: `The file of the key of secrets ${path} cannot be read (${codeOf(error)}); correct its permissions.`,
});
const unwritable = (path: string, error: unknown): Text => ({
  fr: `Le fichier de la clé des secrets ${path} ne peut pas être écrit (${codeOf(error)}) ; libérez de la place ou corrigez les droits du dossier.`,
  en: `The file of the key of secrets ${path} cannot be written (${codeOf(error)}); free some space or correct the directory's permissions.`,
});
const damaged = (path: string): Text => ({
  fr: `Le fichier de la clé des secrets ${path} est abîmé ; remettez une copie, ou supprimez-le et redonnez les secrets dans les réglages.`,
  en: `The file of the key of secrets ${path} is damaged; put a copy back, or remove it and give the secrets again in the settings.`,
});
