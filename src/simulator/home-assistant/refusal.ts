export type RefusalCode =
  | "invalid_format"
  | "id_reuse"
  | "unknown_command"
  | "unauthorized"
  | "not_found"
  | "timeout"
  /** A fault found after the schema: id, source, unit, timestamp. */
  | "home_assistant_error"
  | "unknown_error"
  | "invalid_start_time"
  | "invalid_end_time"
  | "unknown_statistic_id"
  | "invalid_units";

/** What a command is answered instead of a result. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}
