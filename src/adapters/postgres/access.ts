import type postgres from "postgres";
import {
  type AccessStore,
  type ListedSession,
  type StoredPassword,
  type StoredSession,
  type StoredToken,
  sessionIdLength,
} from "../../sync/access/store.ts";
import { type Queries, rowsOf, timestamp } from "./arguments.ts";

export function createAccessStore(sql: postgres.Sql): AccessStore {
  const savePassword: AccessStore["savePassword"] = async ({ hash, environmentHash = null }, at) => {
    await sql.begin(async (tx) => {
      await tx`
        insert into web_password (hash, environment_hash, changed_at)
        values (${hash}, ${environmentHash}, ${timestamp(tx, at)})
        on conflict (singleton) do update set hash = excluded.hash, changed_at = excluded.changed_at,
          environment_hash = coalesce(excluded.environment_hash, web_password.environment_hash)`;
      await tx`delete from web_session`;
    });
  };
  return {
    savePassword,
    loadPassword: async () =>
      (await sql<StoredPassword[]>`select hash, environment_hash as "environmentHash" from web_password`)[0] ?? null,
    saveFirstPassword: async ({ hash, environmentHash = null }, at) =>
      (
        await sql`
          insert into web_password (hash, environment_hash, changed_at)
          values (${hash}, ${environmentHash}, ${timestamp(sql, at)})
          on conflict (singleton) do nothing
          returning true`
      ).length > 0,
    ...createSessions(sql),
    ...createTokens(sql),
  };
}

type SessionPart =
  | "saveSession"
  | "loadSession"
  | "extendSession"
  | "removeSession"
  | "loadSessions"
  | "removeSessionById";

const createSessions = (sql: postgres.Sql): Pick<AccessStore, SessionPart> => ({
  async saveSession({ tokenHash, usedAt, endsAt }, keep) {
    await sql.begin(async (tx) => {
      await tx`delete from web_session where ends_at <= ${timestamp(tx, usedAt)}`;
      await tx`
        delete from web_session
        where token_hash in (select token_hash from web_session order by used_at desc offset ${keep - 1})`;
      await tx`
        insert into web_session (token_hash, created_at, used_at, ends_at)
        values (${tokenHash}, ${timestamp(tx, usedAt)}, ${timestamp(tx, usedAt)}, ${timestamp(tx, endsAt)})`;
    });
  },
  loadSession: async (tokenHash, now) =>
    (
      await sql<StoredSession[]>`
        select used_at as "usedAt", ends_at as "endsAt" from web_session
        where token_hash = ${tokenHash} and ends_at > ${timestamp(sql, now)}`
    )[0] ?? null,
  async extendSession(tokenHash, { usedAt, endsAt }) {
    await sql`
      update web_session set used_at = ${timestamp(sql, usedAt)}, ends_at = ${timestamp(sql, endsAt)}
      where token_hash = ${tokenHash}`;
  },
  async removeSession(tokenHash) {
    await sql`delete from web_session where token_hash = ${tokenHash}`;
  },
  loadSessions: (now) =>
    rowsOf(sql<ListedSession[]>`
      select left(token_hash, ${sessionIdLength}) as id, created_at as "createdAt", used_at as "usedAt",
        ends_at as "endsAt"
      from web_session where ends_at > ${timestamp(sql, now)} order by used_at desc, token_hash`),
  removeSessionById: async (id, now) =>
    (
      await sql`
        delete from web_session
        where left(token_hash, ${sessionIdLength}) = ${id} and ends_at > ${timestamp(sql, now)} returning true`
    ).length > 0,
});

type TokenPart = "saveToken" | "loadToken" | "loadTokens" | "markTokenUsed" | "removeToken";

const tokenColumns = (sql: Queries) => sql`
  id, name, created_at as "createdAt", last_used_at as "lastUsedAt"`;

const createTokens = (sql: postgres.Sql): Pick<AccessStore, TokenPart> => ({
  saveToken: async ({ name, tokenHash }, at) =>
    (
      await sql<StoredToken[]>`
        insert into api_token (name, token_hash, created_at)
        values (${name}, ${tokenHash}, ${timestamp(sql, at)})
        on conflict (name) do nothing
        returning ${tokenColumns(sql)}`
    )[0] ?? null,
  loadToken: async (tokenHash) =>
    (await sql<StoredToken[]>`select ${tokenColumns(sql)} from api_token where token_hash = ${tokenHash}`)[0] ?? null,
  loadTokens: () => rowsOf(sql<StoredToken[]>`select ${tokenColumns(sql)} from api_token order by id desc`),
  async markTokenUsed(id, at) {
    await sql`update api_token set last_used_at = ${timestamp(sql, at)} where id = ${id}`;
  },
  removeToken: async (id) => (await sql`delete from api_token where id = ${id} returning true`).length > 0,
});
