import { today as calendarDay, overview } from "../../home.ts";
import { TempoChip } from "../../kit/tempo-chip.tsx";
import { language, t } from "../../language.ts";
import { tempoWhensOn } from "../../tempo-when.ts";
import { texts } from "./texts.ts";
import { daySentence } from "./words.ts";

/** Tomorrow, and today under it. */
export function Headline() {
  const tempo = overview.value?.tempo;
  if (!tempo) return null;
  const { today, tomorrow } = tempo;
  const when = tempoWhensOn(today, calendarDay.value);
  return (
    <div class="tempo-days">
      <div class="row tempo-day">
        <TempoChip color={tomorrow.color} />
        <div>
          <p class="strong">{daySentence(tomorrow, when.next, language.value)}</p>
          {tomorrow.color === null && <p class="small muted">{t(texts.published)}</p>}
        </div>
      </div>
      <div class="row tempo-day">
        <TempoChip color={today.color} />
        <p>{daySentence(today, when.inForce, language.value)}</p>
      </div>
    </div>
  );
}
