import type { Text } from "../../shared/language.ts";
import { TextError } from "../../shared/text-error.ts";

/**
 * Why nothing was done, as a stable code and in words. `correct`: the request has to be another one (or the user has to
 * do something first); `later`: the same request may do at another time.
 */
export class AdoptionRefusal extends TextError<RefusalCode> {
  override readonly name = "AdoptionRefusal";
  /** What the user may type next, without the program's name; null: nothing. */
  readonly command: string | null;

  constructor(code: RefusalCode, text: Text, command: string | null = null) {
    super(code, text);
    this.command = command;
  }
}

const refusalCodes = [
  "unknown_tool",
  "unknown_meter",
  "nothing_found",
  "wrong_unit",
  "several_meters",
  "copy_only",
  "needs_until",
  "already_adopted",
  "still_written",
  "unknown_adoption",
  "already_undone",
  "newer_first",
  "busy",
  "not_restored",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export const retryCodes: readonly RefusalCode[] = ["still_written", "busy", "not_restored"];
