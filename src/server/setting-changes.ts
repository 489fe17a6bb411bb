import type { FastifyReply, FastifyRequest } from "fastify";
import type { Finding } from "../sync/checks/finding.ts";
import { SettingsRefusal } from "../sync/settings/settings.ts";
import { KeyFailure } from "../sync/settings/store.ts";
import type { ConnectionName, TryAnswer } from "./api/settings.ts";
import { ApiError } from "./errors.ts";
import type { SettingsParts } from "./parts.ts";
import { nameOf } from "./routes/session.ts";
import { refuseTokens } from "./security/plugin.ts";

type Changes = Readonly<Record<string, unknown>>;

/** Keeps the changes and brings them into force once the answer is out; whether there are any. @throws ApiError */
export async function changeSettings(
  parts: SettingsParts,
  {
    request,
    reply,
    changes,
  }: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly changes: Changes },
): Promise<boolean> {
  refuseTokens(request);
  const by = nameOf(request);
  const isChanged = await orRefused(parts.settings.change(changes, by));
  if (isChanged) {
    parts.log.info({ by, options: Object.keys(changes) }, "settings changed");
    // The answer goes out before the connections end.
    reply.raw.once("finish", parts.apply);
  }
  return isChanged;
}

export interface Trial {
  readonly request: FastifyRequest;
  readonly name: ConnectionName;
  /** Beside those in force; they are not kept. */
  readonly changes: Changes;
  readonly signal: AbortSignal;
}

/** Tries a connection. @throws ApiError where the changes are at fault. */
export async function trySettings(parts: SettingsParts, { request, name, changes, signal }: Trial): Promise<TryAnswer> {
  refuseTokens(request);
  const draft = await orRefused(parts.settings.draft(changes));
  const limit = AbortSignal.any([signal, AbortSignal.timeout(longestTrialMs)]);
  return answerOf(await parts.tryConnection(name, draft, limit));
}

/** Above the longest of the connections' own limits, of which the gateway's trial has three. */
const longestTrialMs = 60_000;

function answerOf(findings: readonly Finding[]): TryAnswer {
  const decisive = findings.find(({ ok }) => !ok) ?? findings.at(-1);
  if (decisive === undefined) throw new Error("A trial found nothing");
  return { ok: decisive.ok, sentence: decisive.text, steps: [...findings] };
}

/** @throws ApiError with a sentence a fault. */
async function orRefused<T>(attempt: Promise<T>): Promise<T> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof KeyFailure) throw new ApiError(503, "key_unavailable", error.text);
    if (!(error instanceof SettingsRefusal)) throw error;
    throw new ApiError(
      error.code === "unknown_setting" ? 404 : error.code === "invalid_settings" ? 400 : 409,
      error.code,
      {
        fr: error.faults.map(({ fr }) => fr).join(" "),
        en: error.faults.map(({ en }) => en).join(" "),
      },
    );
  }
}
