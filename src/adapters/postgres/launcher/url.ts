import { setTimeout as delay } from "node:timers/promises";
import type { Language, Text } from "../../../shared/language.ts";
import { type Logger, redact, registerSecret } from "../../../shared/log.ts";
import { closeSql, describeConnection, openSql } from "../connection.ts";
import { type Database, neverLost } from "./database.ts";
import { DatabaseFailure } from "./failure.ts";

const oldest = { number: 150_000, name: "15" };
const pauseMs = 1_000;

/** A server that is starting, restarting or not reachable yet; anything else the user must correct. */
const passing = new Set(
  ["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN", "ENOENT"].concat(
    // postgres.js's own, then PostgreSQL's cannot_connect_now, admin_shutdown and too_many_connections.
    ["CONNECT_TIMEOUT", "CONNECTION_CLOSED", "57P03", "57P01", "53300"],
  ),
);

interface ConnectOptions {
  readonly log: Logger;
  readonly language: Language;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * The user's own database, waited for while it does not take connections yet.
 * @throws DatabaseFailure when it stays unreachable, refuses us, or is older than PostgreSQL 15.
 */
export async function connectToUrl(url: string, options: ConnectOptions): Promise<Database> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) throw notAUrl();
  registerSecret(decodeURIComponent(new URL(url).password));
  const place = describeConnection({ url });
  const { name, number } = await readVersion(url, place, options);
  if (number < oldest.number) throw tooOld(place, name);
  options.log.info({ version: name, database: place }, "database reached");
  return { connection: { url }, version: name, origin: "url", lost: neverLost(), stop: async () => {} };
}

interface ServerVersion {
  readonly name: string;
  readonly number: number;
}

async function readVersion(
  url: string,
  place: string,
  { log, language, signal, timeoutMs = 60_000 }: ConnectOptions,
): Promise<ServerVersion> {
  const deadline = performance.now() + timeoutMs;
  for (let waited = false; ; waited = true) {
    try {
      return await askVersion(url);
    } catch (cause) {
      if (!isPassing(cause)) throw refused(place, cause);
      if (performance.now() >= deadline) throw unreachable(place, cause);
      if (!waited) log.warn({ database: place, reason: wordsOf(cause) }, notYet[language]);
    }
    await delay(pauseMs, undefined, signal ? { signal } : {});
  }
}

async function askVersion(url: string): Promise<ServerVersion> {
  const sql = openSql({ url }, { max: 1, connectTimeoutMs: 5_000 });
  try {
    const [row] = await sql<{ name: string; number: number }[]>`
      select current_setting('server_version') as name, current_setting('server_version_num')::integer as number`;
    if (!row) throw new Error("The server did not tell its version");
    return { name: row.name.split(" ")[0] ?? row.name, number: row.number };
  } finally {
    await closeSql(sql);
  }
}

const notYet: Text = {
  fr: "La base de DATABASE_URL ne répond pas encore : elle est attendue.",
  en: "The database of DATABASE_URL does not answer yet: it is waited for.",
};

const isPassing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && passing.has(error.code);

const wordsOf = (error: unknown): string => redact(error instanceof Error ? error.message : String(error));

const notAUrl = (): DatabaseFailure =>
  new DatabaseFailure("url_refused", {
    fr: "DATABASE_URL n'a pas la forme postgres://utilisateur:motdepasse@serveur:5432/base. Un mot de passe avec des signes comme @ ou / s'y écrit en codage d'URL (%40, %2F).",
    en: "DATABASE_URL is not of the form postgres://user:password@server:5432/database. A password with signs such as @ or / is written there URL-encoded (%40, %2F).",
  });

const unreachable = (place: string, cause: unknown): DatabaseFailure =>
  new DatabaseFailure(
    "url_unreachable",
    {
      fr: `La base de DATABASE_URL (${place}) ne répond pas : ${wordsOf(cause)}. Vérifiez l'adresse et que le serveur tourne.`,
      en: `The database of DATABASE_URL (${place}) does not answer: ${wordsOf(cause)}. Check the address and that the server runs.`,
    },
    { cause },
  );

const refused = (place: string, cause: unknown): DatabaseFailure =>
  new DatabaseFailure(
    "url_refused",
    {
      fr: `La base de DATABASE_URL (${place}) refuse la connexion : ${wordsOf(cause)}. Vérifiez l'utilisateur, le mot de passe et le nom de la base.`,
      en: `The database of DATABASE_URL (${place}) refuses the connection: ${wordsOf(cause)}. Check the user, the password and the name of the database.`,
    },
    { cause },
  );

const tooOld = (place: string, version: string): DatabaseFailure =>
  new DatabaseFailure("url_too_old", {
    fr: `La base de DATABASE_URL (${place}) est PostgreSQL ${version} ; il faut la version ${oldest.name} ou plus récente.`,
    en: `The database of DATABASE_URL (${place}) is PostgreSQL ${version}; version ${oldest.name} or newer is needed.`,
  });
