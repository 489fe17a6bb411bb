import type { Text } from "../../shared/language.ts";
import { peerWords } from "../../shared/peer-words.ts";
import { type FailureCode, sentences } from "./sentences.ts";

/**
 * | reason | what the caller does |
 * |---|---|
 * | unreachable, server_error | again later |
 * | banned | again after `retryAfterMs`; every attempt before is lost |
 * | busy | again later, or after `retryAfterMs` where the server in front says so |
 * | gone | again at once, after `prepare` |
 * | not_stored | again later: ok was said, and what was sent did not come up when read back |
 * | anything else | again when the settings, here or on the box, have changed |
 */
export const jeedomReasons = [
  "unreachable",
  "server_error",
  "banned",
  "busy",
  "redirected",
  "wrong_url",
  "forbidden",
  "key_refused",
  "api_disabled",
  "key_restricted",
  "method_blocked",
  "no_right",
  "plugin_missing",
  "equipment_disabled",
  "not_historised",
  "gone",
  "not_stored",
  "clock_differs",
  "refused",
  "not_understood",
] as const;
export type JeedomReason = (typeof jeedomReasons)[number];

const passing: readonly JeedomReason[] = ["unreachable", "server_error", "banned", "busy", "gone", "not_stored"];

/** A ban of the core lasts 600 s, unless the box is set otherwise (`security::bantime`). */
const banMs = 600_000;

export class JeedomFailure extends Error {
  override readonly name = "JeedomFailure";
  readonly reason: JeedomReason;
  /** What happened and what to do, for the user. */
  readonly text: Text;
  /** Not before; null where nothing says when. */
  readonly retryAfterMs: number | null;

  constructor(reason: JeedomReason, text: Text, options?: ErrorOptions & { readonly retryAfterMs?: number | null }) {
    super(text.en, options);
    this.reason = reason;
    this.text = text;
    this.retryAfterMs = reason === "banned" ? banMs : (options?.retryAfterMs ?? null);
  }

  /** Whether it may pass without anybody changing a setting. */
  get isPassing(): boolean {
    return passing.includes(this.reason);
  }
}

export interface Facts {
  /** The box's address, as it may be shown. */
  readonly url: string;
  /** What the network or the box said; empty for nothing. */
  readonly detail?: string;
  readonly retryAfterMs?: number | null;
}

export function failure(code: FailureCode, facts: Facts, cause?: unknown): JeedomFailure {
  const { url, detail = "", retryAfterMs = null } = facts;
  const [reason, sentence] = sentences[code];
  const text = sentence({ url, detail: peerWords(detail) });
  return new JeedomFailure(reason, text, { retryAfterMs, ...(cause === undefined ? {} : { cause }) });
}
