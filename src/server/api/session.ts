import { z } from "zod";
import { largestRowId } from "./fields.ts";

/** What a page of ours sends with every request that changes something: no page of another site can. */
export const ownHeader = { name: "x-linky-bridge", value: "page" } as const;

/** The fewest and most characters a password has. */
export const passwordLength = { min: 8, max: 200 } as const;

const password = z.string().max(1_000);
const sessionId = z.stringFormat("session-id", /^[0-9a-f]{12}$/);

export const sessionAnswer = z.strictObject({
  needs: z
    .enum(["none", "login", "setup"])
    .describe("What this visitor has to do first: nothing, log in, or choose the password of a first visit"),
  isCodeNeeded: z.boolean().describe("Whether choosing the password takes the one-time code that the log shows"),
  hasPassword: z.boolean().describe("Whether a password is set"),
  user: z
    .strictObject({
      kind: z
        .enum(["homeAssistant", "password", "token", "thisMachine"])
        .describe(
          "How the visitor is known: Home Assistant's word, a login, an API token, or by asking from this machine",
        ),
      name: z
        .string()
        .nullable()
        .describe("Home Assistant's name of the user, or the token's; null where there is none"),
    })
    .nullable()
    .describe("Null before the login"),
  language: z.enum(["fr", "en"]).describe("Language of the installation"),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

export const loginBody = z.strictObject({ password: password.describe("The password of the page") });
export type LoginBody = z.infer<typeof loginBody>;

export const setupBody = z.strictObject({
  password: password.describe(`The password to set, ${passwordLength.min} characters at least`),
  code: z.string().max(100).optional().describe("The one-time code of the log; not needed on this machine itself"),
});
export type SetupBody = z.infer<typeof setupBody>;

export const passwordBody = z.strictObject({
  current: password
    .optional()
    .describe("The password in force; not needed where none is set, nor by Home Assistant's users"),
  password: password.describe(`The new password, ${passwordLength.min} characters at least; every other session ends`),
});
export type PasswordBody = z.infer<typeof passwordBody>;

export const sessionsAnswer = z.strictObject({
  sessions: z
    .array(
      z.strictObject({
        id: sessionId.describe("What to end it by"),
        isThis: z.boolean().describe("Whether it is the asking browser's own"),
        createdAt: z.iso.datetime().nullable().describe("When it logged in, UTC; null: before this was noted"),
        lastUsedAt: z.iso.datetime().describe("Instant, UTC, to the hour"),
        endsAt: z.iso.datetime().describe("When it ends without another visit, UTC"),
      }),
    )
    .describe("Last used first"),
});
export type SessionsAnswer = z.infer<typeof sessionsAnswer>;

export const sessionParams = z.strictObject({ id: sessionId.describe("The session's id, as the list tells it") });

/** It stands in lists and in the log: nothing in it may break a line or turn the reading direction. */
const isOneLine = (text: string): boolean => !/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(text);
const tokenName = z.stringFormat("token-name", isOneLine).trim().min(1).max(80);

export const apiToken = z.strictObject({
  id: z.int().describe("What to revoke it by"),
  name: z.string().describe("What its maker called it"),
  createdAt: z.iso.datetime().describe("Instant, UTC"),
  lastUsedAt: z.iso.datetime().nullable().describe("Instant, UTC, to the hour; null when it was never used"),
});
export type ApiToken = z.infer<typeof apiToken>;

export const tokensAnswer = z.strictObject({ tokens: z.array(apiToken).describe("Newest first") });
export type TokensAnswer = z.infer<typeof tokensAnswer>;

export const tokenBody = z.strictObject({ name: tokenName.describe("What the token is for; no two bear one name") });
export type TokenBody = z.infer<typeof tokenBody>;

export const createdToken = apiToken.extend({
  token: z.string().describe("For `Authorization: Bearer …`; shown this once, and kept as a hash only"),
});
export type CreatedToken = z.infer<typeof createdToken>;

export const tokenParams = z.strictObject({
  id: z.coerce.number().int().positive().max(largestRowId).describe("The token's id"),
});

export const doneAnswer = z.strictObject({ done: z.literal(true) });
