import type { ExplanationAnswer } from "../../../server/api/explain.ts";
import { nameOfPeriod, toneOfPeriod } from "../../charts/tones.ts";
import { capitalised } from "../../format.ts";
import { language, t } from "../../language.ts";
import { stretchName } from "./explain-words.ts";
import { hourTexts } from "./hour-texts.ts";

/** A day as the plan divides it: a bar to see it by, and the same in words. */
export function DayStrip({ answer: { day, start } }: { readonly answer: ExplanationAnswer }) {
  const spoken = language.value;
  const isHere = (stretch: { readonly start: string; readonly end: string }): boolean =>
    stretch.start <= start && stretch.end > start;
  return (
    <>
      <div class="day-bar" aria-hidden="true">
        {day.map((stretch) => (
          <span
            key={stretch.start}
            class={isHere(stretch) ? "now" : ""}
            style={{
              flex: `${Date.parse(stretch.end) - Date.parse(stretch.start)} 1 0`,
              background: `var(--tone-${toneOfPeriod(stretch.period)})`,
            }}
          />
        ))}
      </div>
      <ul class="day-stretches">
        {day.map((stretch) => (
          <li key={stretch.start}>
            <span
              class="chart-sample"
              aria-hidden="true"
              style={{ background: `var(--tone-${toneOfPeriod(stretch.period)})` }}
            />
            <span>{capitalised(stretchName(stretch, spoken))}</span>
            <span class={isHere(stretch) ? "strong" : ""}>
              {t(nameOfPeriod(stretch.period))}
              {isHere(stretch) && ` (${t(hourTexts.thisHour)})`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
