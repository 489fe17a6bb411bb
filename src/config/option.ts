import type { Text } from "../shared/language.ts";
import type { Kind } from "./kinds.ts";

/** One option, told once: read by the loader, shown by the reference and by the app's manifest. */
export interface Option<T> {
  /** Environment names, the preferred one first. */
  readonly env: readonly [string, ...string[]];
  /** The command line's name for it, where there is one. */
  readonly flag?: string;
  /** The one command that takes the flag, where not all do. */
  readonly flagCommand?: string;
  /** Whether the value must never be shown. */
  readonly secret: boolean;
  /** Whether `NAME_FILE` may name a file that holds the value, as containers hand over secrets. */
  readonly fromFile: boolean;
  /** Kept to the letter, quotes and spaces included: only a line break at the end goes. */
  readonly verbatim?: true;
  readonly kind: Kind<T>;
  /** The value when nothing is set. */
  readonly fallback: T;
  /** Words for the fallback in the reference, where the value itself does not tell. */
  readonly fallbackText?: Text;
  /** Of a list of objects: what each may hold. Such an option is read from JSON. */
  readonly fields?: Readonly<Record<string, Field>>;
  /** What such a list looks like, in JSON. */
  readonly example?: string;
  /** Of a list of words: those that may stand in it. */
  readonly allowed?: readonly string[];
  /** The Supervisor's type of the option, `?` included: every option is optional there. Null: told by its fields. */
  readonly manifestType: string | null;
  readonly name: Text;
  readonly meaning: Text;
  /** When to change it. */
  readonly advice: Text;
}

/** A text within a list of objects. */
export interface Field {
  readonly manifestType: string;
  readonly name: Text;
  readonly meaning: Text;
}

type Defaults = "secret" | "fromFile";

/** An option that is neither secret nor read from a file unless it says so. */
export const option = <T>(definition: Omit<Option<T>, Defaults> & Partial<Pick<Option<T>, Defaults>>): Option<T> => ({
  secret: false,
  fromFile: false,
  ...definition,
});
