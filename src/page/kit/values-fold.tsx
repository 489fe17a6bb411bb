import "./values-fold.css";
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t } from "../language.ts";
import { remember, remembered } from "../memory.ts";
import { Icon } from "./icon.tsx";
import { kitTexts } from "./texts.ts";

/** Whether tables under charts are unfolded: the reader's choice on every page, which this browser keeps. */
export const areValuesShown = signal(remembered("values") === "shown");

function show(areShown: boolean): void {
  areValuesShown.value = areShown;
  remember("values", areShown ? "shown" : null);
}

export interface ValuesFoldProps {
  /** The same figures as a file; at hand whether the table is unfolded or not. */
  readonly csvHref?: string | undefined;
  /** The table. The chart above brings one for those who listen as long as this is folded: `hasTable={areValuesShown.value}`. */
  readonly children: ComponentChildren;
}

/** The table of a chart, unfolded when it is asked for. */
export function ValuesFold({ csvHref, children }: ValuesFoldProps) {
  const id = useId();
  const isOpen = areValuesShown.value;
  return (
    <div class="values-fold">
      <div class="row">
        <button type="button" class="button" aria-expanded={isOpen} aria-controls={id} onClick={() => show(!isOpen)}>
          {t(isOpen ? kitTexts.hideTable : kitTexts.showTable)}
        </button>
        {csvHref !== undefined && (
          <a class="button" href={csvHref} download>
            <Icon name="download" />
            {t(kitTexts.saveCsv)}
          </a>
        )}
      </div>
      <div id={id}>{isOpen && children}</div>
    </div>
  );
}
