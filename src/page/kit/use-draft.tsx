import { useMemo, useState } from "preact/hooks";
import { type DraftPlace, keepDraft, keptDraft } from "../drafts.ts";
import { t } from "../language.ts";
import { Problem } from "./problem.tsx";
import { kitTexts } from "./texts.ts";

/** What a form holds, which outlives the form until it is sent or forgotten. */
export interface Draft<T> {
  readonly value: T;
  /** Whether it was begun before this form appeared. */
  readonly isKept: boolean;
  change(next: T): void;
  /** The form is as at first again. */
  forget(): void;
}

/** Asked for `first` once per appearance of the form; another `name` needs another `key` of the component. */
export function useDraft<T extends object>(name: string, first: () => T, place: DraftPlace): Draft<T> {
  const beginning = useMemo(first, [name]);
  const [state, setState] = useState(() => {
    const kept = keptDraft(name, beginning, place);
    return { value: kept ?? beginning, isKept: kept !== null };
  });
  return {
    ...state,
    change: (value) => {
      // What was typed and taken back is nothing begun.
      keepDraft(name, JSON.stringify(value) === JSON.stringify(beginning) ? null : value, place);
      setState({ ...state, value });
    },
    forget: () => {
      keepDraft(name, null, place);
      setState({ value: beginning, isKept: false });
    },
  };
}

/** That the form holds what was typed earlier, and the way to begin it anew. */
export const DraftNote = ({ draft }: { readonly draft: Pick<Draft<unknown>, "isKept" | "forget"> }) =>
  draft.isKept ? (
    <Problem tone="note" text={t(kitTexts.kept)} action={{ label: t(kitTexts.startOver), onClick: draft.forget }} />
  ) : null;
