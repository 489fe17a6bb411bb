import type { Instant } from "../../domain/units.ts";

/** What is kept of who may use the page and its API. Passwords and tokens are there as hashes alone. */
export interface AccessStore {
  /** Null until one is set. */
  loadPassword(): Promise<StoredPassword | null>;
  /** Replaces the password and ends every session, in one step. An absent `environmentHash` keeps the former one. */
  savePassword(password: NewPassword, at: Instant): Promise<void>;
  /** The first password alone: false, and nothing changed, where one is set. */
  saveFirstPassword(password: NewPassword, at: Instant): Promise<boolean>;

  /** Also forgets sessions that are over, and the oldest beyond `keep`. */
  saveSession(session: NewSession, keep: number): Promise<void>;
  /** Null when it is unknown or over at `now`. */
  loadSession(tokenHash: string, now: Instant): Promise<StoredSession | null>;
  /** Moves the session's end. */
  extendSession(tokenHash: string, session: StoredSession): Promise<void>;
  removeSession(tokenHash: string): Promise<void>;
  /** Those that last at `now`, last used first. */
  loadSessions(now: Instant): Promise<readonly ListedSession[]>;
  /** False when none lasts at `now` whose hash begins like that. */
  removeSessionById(id: string, now: Instant): Promise<boolean>;

  /** Null where another token bears the name. */
  saveToken(token: { readonly name: string; readonly tokenHash: string }, at: Instant): Promise<StoredToken | null>;
  loadToken(tokenHash: string): Promise<StoredToken | null>;
  /** Newest first. */
  loadTokens(): Promise<readonly StoredToken[]>;
  markTokenUsed(id: number, at: Instant): Promise<void>;
  /** False when there is none. */
  removeToken(id: number): Promise<boolean>;
}

export interface NewPassword {
  readonly hash: string;
  /** Hash of the password that the environment sets, where this one came from there. */
  readonly environmentHash?: string;
}

export interface StoredPassword {
  readonly hash: string;
  /** Of the last password that came from the environment; null when none did. */
  readonly environmentHash: string | null;
}

export interface StoredSession {
  readonly usedAt: Instant;
  /** Not included. */
  readonly endsAt: Instant;
}
export interface NewSession extends StoredSession {
  readonly tokenHash: string;
}

export interface ListedSession extends StoredSession {
  /** The first `sessionIdLength` characters of its token's hash: nobody gets in by them. */
  readonly id: string;
  /** When its browser logged in; null: before this was noted. */
  readonly createdAt: Instant | null;
}
/** 48 bits: no two of a household's browsers share them. */
export const sessionIdLength = 12;

export interface StoredToken {
  readonly id: number;
  readonly name: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}
