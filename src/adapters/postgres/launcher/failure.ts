import { TextError } from "../../../shared/text-error.ts";

/** Why no database could be started; each asks the user for something else. */
export type FailureCode =
  | "no_binaries"
  | "binaries_of_major_missing"
  | "binaries_unusable"
  | "directory_unreachable"
  | "directory_not_ours"
  | "directory_corrupt"
  | "directory_in_use"
  | "no_account"
  | "start_failed"
  | "not_running"
  | "url_unreachable"
  | "url_refused"
  | "url_too_old";

/** The database cannot be started or reached, and trying again unchanged would not help. */
export class DatabaseFailure extends TextError<FailureCode> {
  override readonly name = "DatabaseFailure";
}
