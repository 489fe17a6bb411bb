import { unknownSign } from "../format.ts";
import { t } from "../language.ts";
import { kitTexts } from "./texts.ts";

export interface ValueProps {
  /** As written by `format.ts`; the dash where it is not known. */
  readonly text: string;
  /** Why it is not known: « pas encore publié par Enedis ». */
  readonly reason?: string | undefined;
}

/** A value in running text or a table; an unknown one is a dash to the eye and a word to the ear. */
export const Value = ({ text, reason }: ValueProps) =>
  text === unknownSign ? (
    <span class="muted" {...(reason === undefined ? {} : { title: reason })}>
      <span aria-hidden="true">{unknownSign}</span>
      <span class="hidden-text">{reason ?? t(kitTexts.unknown)}</span>
    </span>
  ) : (
    <span>{text}</span>
  );
