import type { TempoColor } from "../../../domain/tempo.ts";
import type { LocalDate } from "../../../domain/units.ts";
import type { TempoOverview } from "../../../server/api/overview.ts";
import { capitalised, dayInFull } from "../../format.ts";
import { today } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { TempoChip, tempoName } from "../../kit/tempo-chip.tsx";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { tempoWhens, tempoWhensOn } from "../../tempo-when.ts";
import { texts } from "./texts.ts";
import { leftOf } from "./words.ts";

/** Today's colour and tomorrow's, and what is left of each. */
export function TempoCard({ tempo }: { readonly tempo: TempoOverview }) {
  const when = tempoWhensOn(tempo.today, today.value);
  return (
    <Card title={t(texts.tempo)} side={<a href={hrefOf("tempo")}>{t(texts.seeAll)}</a>}>
      <Day title={t(tempoWhens[when.inForce])} day={tempo.today} />
      <Day title={t(tempoWhens[when.next])} day={tempo.tomorrow} />
      {tempo.remaining === null ? (
        <p class="small muted">{t(texts.tempoUncounted)}</p>
      ) : (
        <p class="small muted">
          {t(texts.tempoLeft)} {leftOf(tempo.remaining.notAnnounced, language.value)}.
        </p>
      )}
    </Card>
  );
}

interface DayProps {
  readonly title: string;
  readonly day: { readonly date: string; readonly color: TempoColor | null };
}

const Day = ({ title, day: { date, color } }: DayProps) => (
  <div class="row home-tempo">
    <TempoChip color={color} />
    <p>
      <span class="strong">
        {title}, {t(tempoName(color))}
      </span>
      <br />
      <span class="small muted">{capitalised(dayInFull(date as LocalDate, language.value))}</span>
    </p>
  </div>
);
