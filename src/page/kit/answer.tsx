import "./answer.css";
import type { ComponentChildren } from "preact";

export interface AnswerProps {
  /** What the figure is of: `Hier, jeudi 19 novembre`. */
  readonly sentence: string;
  /** The answer itself, and what goes with it: `14,82 kWh`, `3,11 €`. */
  readonly figures: readonly string[];
  /** Said in place of a dash where the figure is not known: why. */
  readonly unknown?: string | undefined;
  /** Where it comes from and how fresh it is. */
  readonly children?: ComponentChildren;
}

/** What every page opens with: its answer as a sentence and a figure. */
export const Answer = ({ sentence, figures, unknown, children }: AnswerProps) => (
  <div class="answer">
    <p>
      <span class="answer-sentence">{sentence}</span>
      <span class="hidden-text"> : </span>
      {figures.map((figure) => (
        <span key={figure} class="figure answer-figure">
          {figure}{" "}
        </span>
      ))}
    </p>
    {unknown !== undefined && <p class="muted">{unknown}</p>}
    {children !== undefined && <div class="small muted">{children}</div>}
  </div>
);
