import type { Text } from "./language.ts";

/**
 * An error that users read: a code that never changes, and what happened and what to do, complete in both languages. Each
 * decision that a caller can take is a class of its own.
 */
export abstract class TextError<Code extends string> extends Error {
  readonly code: Code;
  readonly text: Text;

  constructor(code: Code, text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.code = code;
    this.text = text;
  }
}
