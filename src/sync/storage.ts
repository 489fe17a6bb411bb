import type { Text } from "../shared/language.ts";

/** Why nothing can be stored at the moment. All of them pass, most when somebody outside acts; a restart helps none. */
export type StorageTroubleCode =
  | "disk_full"
  | "disk_read_only"
  | "disk_failing"
  | "database_unreachable"
  | "database_stopped";

/** The text is for users, complete in both languages; the detail is what the system said. */
export interface StorageTrouble {
  readonly code: StorageTroubleCode;
  readonly text: Text;
  readonly detail: string;
}

/** What a service needs to know of where it stores. */
export interface Storage {
  /** What a failure means where the storage is to blame; null for anything else. */
  explain(error: unknown): StorageTrouble | null;
  /**
   * Resolves where an answer of the gateway could be stored now: asked for before a call is spent on one that is lost.
   * @throws what `explain` explains.
   */
  probe(): Promise<void>;
}

/** Told once when a trouble of the storage is over. */
export const storesAgain: Text = {
  fr: "La base de données enregistre de nouveau : tout reprend là où cela s'était arrêté.",
  en: "The database stores again: all goes on from where it had stopped.",
};
