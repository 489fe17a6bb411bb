import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { hourMs, type Instant, instant } from "../../domain/units.ts";
import type { Clock } from "../../shared/clock.ts";
import { registerSecret } from "../../shared/redaction.ts";
import { Attempts } from "./attempts.ts";
import { hashPassword, isHashingBusy, verifyPassword } from "./password.ts";
import { accessRefusals, passwordFault } from "./refusal.ts";
import { type AccessStore, type ListedSession, type StoredToken, sessionIdLength } from "./store.ts";

/** A session ends after so long without a visit. */
export const sessionMs = 30 * 24 * hourMs;
/** Uses are written at most so often: reading a page writes nothing. */
const writtenEveryMs = hourMs;
/** A household's browsers; the oldest session ends when there are more. */
const mostSessions = 50;
/** What our API tokens begin with, so that one that leaks is recognised. */
const tokenPrefix = "lb_";

/** What outlives a reload of the settings: the code of the first visit, and who tried too often. */
export interface AccessMemory {
  readonly setupCode: string;
  readonly attempts: Attempts;
}

export const accessMemory = (): AccessMemory => ({ setupCode: newSetupCode(), attempts: new Attempts() });

/** Neither 0 and O nor 1, I and L: it is copied by hand from a log. 31^8, about 40 bits. */
const codeLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

function newSetupCode(): string {
  const letters = Array.from({ length: 8 }, () => codeLetters[randomInt(codeLetters.length)]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

export interface Access {
  /** To be shown in the log while no password is set. */
  readonly setupCode: string;
  hasPassword(): Promise<boolean>;
  /** Whether the cookie's token is of a session that lasts; it then lasts anew. */
  isSession(token: string): Promise<boolean>;
  /** The API token, or null when it is none of ours. */
  findToken(token: string): Promise<StoredToken | null>;
  /** A new session's token. @throws AccessRefusal */
  logIn(attempt: { readonly password: string; readonly address: string }): Promise<string>;
  /** Sets the first password; a null code where none is asked. A new session's token. @throws AccessRefusal */
  setUp(attempt: {
    readonly password: string;
    readonly code: string | null;
    readonly address: string;
  }): Promise<string>;
  /** Ends every session; a new one's token. `current` is null where nobody asks for it. @throws AccessRefusal */
  changePassword(change: {
    readonly current: string | null;
    readonly password: string;
    readonly address: string;
  }): Promise<string>;
  /** As the owner of the machine may, who needs no former one. @throws AccessRefusal when it is unsuitable. */
  resetPassword(password: string): Promise<void>;
  /** Sets the password when the environment's is another one than last time; whether it was. @throws AccessRefusal */
  takeFromEnvironment(password: string): Promise<boolean>;
  logOut(token: string): Promise<void>;
  /** Those that last, last used first; `own` is the asking browser's token, null where it has none. */
  listSessions(own: string | null): Promise<readonly (ListedSession & { readonly isThis: boolean })[]>;
  /** @throws AccessRefusal when there is none. */
  endSession(id: string): Promise<void>;
  listTokens(): Promise<readonly StoredToken[]>;
  /** @throws AccessRefusal when the name is taken. */
  createToken(name: string): Promise<StoredToken & { readonly token: string }>;
  /** @throws AccessRefusal when there is none. */
  revokeToken(id: number): Promise<void>;
}

export interface AccessDeps {
  readonly store: AccessStore;
  readonly clock: Pick<Clock, "now">;
  readonly memory: AccessMemory;
}

/** Tokens are random: a plain hash cannot be turned back, nor be looked for in a dictionary. */
const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

const randomToken = (): string => randomBytes(32).toString("base64url");

export function createAccess({ store, clock, memory: { setupCode, attempts } }: AccessDeps): Access {
  async function tried<T>(address: string, attempt: () => Promise<T>): Promise<T> {
    const waitMs = isHashingBusy() ? 2_000 : attempts.begin(address, clock.now());
    if (waitMs > 0) throw accessRefusals.tooManyAttempts(waitMs);
    const result = await attempt();
    attempts.succeed(address);
    return result;
  }

  async function newSession(): Promise<string> {
    const token = randomToken();
    const now = clock.now();
    await store.saveSession({ tokenHash: hashOf(token), usedAt: now, endsAt: endAfter(now) }, mostSessions);
    return token;
  }

  return {
    setupCode,
    hasPassword: async () => (await store.loadPassword()) !== null,
    async isSession(token) {
      const now = clock.now();
      const session = await store.loadSession(hashOf(token), now);
      if (session === null) return false;
      if (now - session.usedAt >= writtenEveryMs)
        await store.extendSession(hashOf(token), { usedAt: now, endsAt: endAfter(now) });
      return true;
    },
    async findToken(token) {
      if (!token.startsWith(tokenPrefix)) return null;
      const known = await store.loadToken(hashOf(token));
      const now = clock.now();
      if (known && now - (known.lastUsedAt ?? 0) >= writtenEveryMs) await store.markTokenUsed(known.id, now);
      return known;
    },
    logIn: ({ password, address }) =>
      tried(address, async () => {
        const stored = await store.loadPassword();
        if (stored === null) throw accessRefusals.noPassword();
        if (!(await verifyPassword(password, stored.hash))) throw accessRefusals.wrongPassword();
        return newSession();
      }),
    setUp: ({ password, code, address }) =>
      tried(address, async () => {
        if ((await store.loadPassword()) !== null) throw accessRefusals.passwordIsSet();
        if (code !== null && !isSameCode(code, setupCode)) throw accessRefusals.wrongCode();
        const fault = passwordFault(password);
        if (fault) throw fault;
        const isFirst = await store.saveFirstPassword({ hash: await hashPassword(password) }, clock.now());
        if (!isFirst) throw accessRefusals.passwordIsSet();
        return newSession();
      }),
    changePassword: ({ current, password, address }) =>
      tried(address, async () => {
        const stored = await store.loadPassword();
        if (stored && current !== null && !(await verifyPassword(current, stored.hash)))
          throw accessRefusals.wrongPassword();
        const fault = passwordFault(password);
        if (fault) throw fault;
        await store.savePassword({ hash: await hashPassword(password) }, clock.now());
        return newSession();
      }),
    async resetPassword(password) {
      const fault = passwordFault(password);
      if (fault) throw fault;
      await store.savePassword({ hash: await hashPassword(password) }, clock.now());
    },
    async takeFromEnvironment(password) {
      const known = (await store.loadPassword())?.environmentHash ?? null;
      if (known !== null && (await verifyPassword(password, known))) return false;
      const hash = await hashPassword(password);
      await store.savePassword({ hash, environmentHash: hash }, clock.now());
      return true;
    },
    logOut: (token) => store.removeSession(hashOf(token)),
    async listSessions(own) {
      const ownId = own === null ? null : hashOf(own).slice(0, sessionIdLength);
      return (await store.loadSessions(clock.now())).map((session) => ({ ...session, isThis: session.id === ownId }));
    },
    async endSession(id) {
      if (!(await store.removeSessionById(id, clock.now()))) throw accessRefusals.unknownSession();
    },
    listTokens: () => store.loadTokens(),
    async createToken(name) {
      const token = `${tokenPrefix}${randomToken()}`;
      registerSecret(token);
      const saved = await store.saveToken({ name, tokenHash: hashOf(token) }, clock.now());
      if (saved === null) throw accessRefusals.tokenNameTaken(name);
      return { ...saved, token };
    },
    async revokeToken(id) {
      if (!(await store.removeToken(id))) throw accessRefusals.unknownToken(String(id));
    },
  };
}

const endAfter = (now: Instant): Instant => instant(now + sessionMs);

/** Copied by hand: case, spaces and the hyphen do not count. */
function isSameCode(given: string, expected: string): boolean {
  const plain = (code: string): Buffer =>
    createHash("sha256").update(code.toUpperCase().replaceAll(/[\s-]/g, "")).digest();
  return timingSafeEqual(plain(given), plain(expected));
}
