import { useState } from "preact/hooks";
import type { ComparisonAnswer } from "../../../server/api/compare.ts";
import type { Text } from "../../../shared/language.ts";
import { Card } from "../../kit/card.tsx";
import { TextField } from "../../kit/field.tsx";
import { Problem } from "../../kit/problem.tsx";
import { language, t } from "../../language.ts";
import { address, change } from "../../navigation.ts";
import { compareTexts } from "./compare-texts.ts";
import { longWindowsNote, whatIfSentence, windowsFault } from "./compare-words.ts";

/** Other off-peak hours, on trial. */
export function WhatIf({ answer }: { readonly answer: ComparisonAnswer }) {
  const tried = address.value.params.essai ?? "";
  const [typed, setTyped] = useState(tried);
  const [fault, setFault] = useState<Text | null>(null);
  const spoken = language.value;
  const sentence = tried === "" ? null : whatIfSentence(answer, spoken);
  const long = tried === "" ? null : longWindowsNote(answer, spoken);
  const submit = (event: Event): void => {
    event.preventDefault();
    const found = windowsFault(typed);
    setFault(found);
    if (found === null) change({ essai: typed });
  };
  return (
    <Card title={t(compareTexts.whatIf)}>
      <form class="cost-form" onSubmit={submit} noValidate>
        <TextField
          label={t(compareTexts.whatIfHours)}
          value={typed}
          onChange={setTyped}
          hint={t(compareTexts.whatIfHint)}
          error={fault === null ? undefined : t(fault)}
        />
        <div class="row">
          <button type="submit" class="button">
            {t(compareTexts.try)}
          </button>
          {tried !== "" && (
            <button type="button" class="button" onClick={() => change({ essai: null })}>
              {t(compareTexts.stop)}
            </button>
          )}
        </div>
      </form>
      <div aria-live="polite">{sentence !== null && <p class="strong">{sentence}</p>}</div>
      {long !== null && <Problem text={long} tone="note" />}
    </Card>
  );
}
