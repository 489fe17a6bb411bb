/**
 * Internal codes of the core; the answer carries them as they are (jeeApi.php throws -32000 less the code).
 *
 * | code | said when |
 * |---|---|
 * | 1 | not allowed: no key, the API is off, a profile without the right, no JSON-RPC 2.0 |
 * | 2 | the key is refused |
 * | 500 | unknown method, or a restricted key |
 * | 602 | unknown equipment |
 * | 701 | no right on the command, or unknown to `cmd::byId` |
 * | 702 | unknown command |
 * | -32000 | anything else, the texts of MySQL included |
 */
export type RefusalCode = 1 | 2 | 500 | 602 | 701 | 702 | -32000;

/** What the JSON-RPC answers instead of a result, with HTTP 200. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const notAllowed = (): Refusal => new Refusal(1, "Vous n'êtes pas autorisé à effectuer cette action");

/** As PDO tells an error of MySQL: the statement and its values are in the text. */
export const sqlError = (code: 1062 | 1292 | 1406, text: string, statement: string): Refusal =>
  new Refusal(
    -32000,
    `[MySQL] Error code : ${code === 1062 ? "23000" : code === 1292 ? "22007" : "22001"} (${code}). ${text}  : ${statement}`,
  );
