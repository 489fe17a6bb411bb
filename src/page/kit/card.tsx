import "./card.css";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export interface CardProps {
  /** Heads the card and names it. */
  readonly title?: string;
  /** Beside the title: a link, a small button. */
  readonly side?: ComponentChildren;
  /** Takes all columns. */
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

export function Card({ title, side, wide = false, children }: CardProps) {
  const id = useId();
  return (
    <section class={wide ? "card wide" : "card"} {...(title === undefined ? {} : { "aria-labelledby": id })}>
      {title !== undefined && (
        <header class="row between card-head">
          <h2 id={id}>{title}</h2>
          {side}
        </header>
      )}
      {children}
    </section>
  );
}
