import type { SeriesAnswer } from "../../server/api/series.ts";
import { Problem } from "../kit/problem.tsx";
import { language, t } from "../language.ts";
import { hrefOf } from "../navigation.ts";
import { texts } from "./texts.ts";
import { estimatedNote, missingNote } from "./words.ts";

/** What is to be known of the figures before they are relied on: days that lack, amounts that are estimated. */
export function Notes({ series: { flow, total } }: { readonly series: SeriesAnswer }) {
  if (total.energyWh === null) return null;
  const missing = missingNote(total, language.value);
  const estimated = estimatedNote(total, language.value);
  return (
    <>
      {missing !== null && (
        <Problem
          text={missing}
          tone="note"
          action={{ label: t(texts.toQuality), href: hrefOf("qualite", { flux: flow }) }}
        />
      )}
      {estimated !== null && <Problem text={estimated} tone="note" />}
    </>
  );
}
