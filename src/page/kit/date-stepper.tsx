import "./date-stepper.css";
import type { LocalDate } from "../../domain/units.ts";
import { language, t } from "../language.ts";
import {
  neighbour,
  type Period,
  periodOf,
  type Reach,
  titleOf,
  type View,
  viewNames,
  views,
  withView,
} from "../period.ts";
import { CheckField } from "./field.tsx";
import { Icon } from "./icon.tsx";
import { Segmented } from "./segmented.tsx";
import { kitTexts } from "./texts.ts";

export interface DateStepperProps {
  readonly period: Period;
  readonly reach: Reach;
  readonly today: LocalDate;
  readonly onChange: (period: Period) => void;
  /** Which steps are offered; all of them unless told. */
  readonly offered?: readonly View[];
  readonly comparison?: { readonly isOn: boolean; readonly onChange: (isOn: boolean) => void };
}

/** Day, week, month, year, total; one step back or forth; today; the year before. */
export function DateStepper({ period, reach, today, onChange, offered = views, comparison }: DateStepperProps) {
  const step = (direction: -1 | 1) => {
    const next = neighbour(period, direction, reach);
    if (next) onChange(next);
  };
  const latest = periodOf(period.view, reach.last < today ? reach.last : today, reach);
  return (
    <div class="date-stepper">
      <Segmented
        label={t(kitTexts.step)}
        options={offered.map((view) => ({ value: view, label: t(viewNames[view]) }))}
        value={period.view}
        onChange={(view) => onChange(withView(period, view, reach))}
      />
      {period.view !== "total" && (
        <div class="date-stepper-line">
          <StepButton direction={-1} isPossible={neighbour(period, -1, reach) !== null} onStep={step} />
          <p class="strong" aria-live="polite">
            {titleOf(period, today, language.value)}
          </p>
          <StepButton direction={1} isPossible={neighbour(period, 1, reach) !== null} onStep={step} />
          {latest.from !== period.from && (
            <button type="button" class="button" onClick={() => onChange(latest)}>
              {t(kitTexts.today)}
            </button>
          )}
        </div>
      )}
      {comparison && period.view !== "total" && (
        <CheckField label={t(kitTexts.compare)} value={comparison.isOn} onChange={comparison.onChange} />
      )}
    </div>
  );
}

interface StepButtonProps {
  readonly direction: -1 | 1;
  readonly isPossible: boolean;
  readonly onStep: (direction: -1 | 1) => void;
}

/** Stays in place at the end of the history, so that the focus is not lost. */
const StepButton = ({ direction, isPossible, onStep }: StepButtonProps) => (
  <button
    type="button"
    class="button icon"
    aria-disabled={!isPossible}
    aria-label={t(direction < 0 ? kitTexts.previous : kitTexts.next)}
    onClick={() => onStep(direction)}
  >
    <Icon name={direction < 0 ? "left" : "right"} />
  </button>
);
