import { QualityMark } from "../kit/quality-mark.tsx";
import { kitTexts } from "../kit/texts.ts";
import { t } from "../language.ts";
import { type ChartModel, keyOf, signsOf } from "./model.ts";

/** What the colours and patterns of this very chart mean; none that it does not show. */
export function ChartKey({ model }: { readonly model: ChartModel }) {
  const signs = signsOf(model);
  return (
    <ul class="chart-key small" aria-label={t(kitTexts.legend)}>
      {keyOf(model).map(({ tone, label }) => (
        <li key={tone}>
          <span class="chart-sample" style={{ background: `var(--tone-${tone})` }} aria-hidden="true" />
          {label}
        </li>
      ))}
      {signs.before && (
        <li>
          <span class="chart-sample before" aria-hidden="true" />
          {t(kitTexts.yearBefore)}
        </li>
      )}
      {signs.estimated && (
        <li>
          <QualityMark quality="estimated" />
        </li>
      )}
      {signs.corrected && <li>▾ {t(kitTexts.corrected)}</li>}
      {signs.pending && (
        <li>
          <span class="quality-mark small">
            <span class="quality-sample pending" aria-hidden="true" />
            {t(kitTexts.pending)}
          </span>
        </li>
      )}
      {signs.unknown && (
        <li>
          <QualityMark quality="unknown" />
        </li>
      )}
    </ul>
  );
}
