import type { Instant } from "../../domain/units.ts";
import type { Text } from "../../shared/language.ts";

/** A setting as it is kept: what may hold a secret only as sealed bytes. */
export interface StoredSetting {
  readonly key: string;
  /** Null where it is sealed. */
  readonly value: unknown;
  /** Null where it is not. */
  readonly sealed: Uint8Array | null;
}

export interface SettingsStore {
  loadSettings(): Promise<readonly StoredSetting[]>;
  /** All or nothing. */
  changeSettings(change: {
    readonly save: readonly StoredSetting[];
    readonly remove: readonly string[];
    readonly at: Instant;
    /** Who did it, for people. */
    readonly by: string;
  }): Promise<void>;
  /** Replaces sealed bytes, and nothing else, of settings that still hold the former ones; how many did. */
  replaceSealed(
    settings: readonly { readonly key: string; readonly former: Uint8Array; readonly sealed: Uint8Array }[],
  ): Promise<number>;
}

/** Keeps secrets so that the database alone does not tell them. */
export interface Vault {
  /** `name` is bound to the bytes: sealed as one setting, they do not open as another. @throws KeyFailure */
  seal(name: string, text: string): Promise<Uint8Array>;
  /** Null when no key at hand opens it. */
  open(name: string, sealed: Uint8Array): Promise<string | null>;
}

/** The keys of a vault cannot be had; the user must act. */
export class KeyFailure extends Error {
  override readonly name = "KeyFailure";
  readonly text: Text;
  constructor(text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.text = text;
  }
}
