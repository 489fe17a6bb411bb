import type { Text } from "../../shared/language.ts";

/** What was found where one connection was tried: that it works, or what to do. */
export interface Finding {
  readonly ok: boolean;
  readonly text: Text;
}

export const works = (fr: string, en: string): Finding => ({ ok: true, text: { fr, en } });
export const fails = (fr: string, en: string): Finding => ({ ok: false, text: { fr, en } });
