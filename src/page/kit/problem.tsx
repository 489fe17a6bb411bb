import "./problem.css";
import type { Failure } from "../api/failure.ts";
import { t } from "../language.ts";
import { type Action, ActionButton } from "./action.tsx";
import { Icon } from "./icon.tsx";
import { Named } from "./named.tsx";
import { kitTexts } from "./texts.ts";

export interface ProblemProps {
  /** What happened, what it means, what to do: in the reader's language. */
  readonly text: string;
  /** `note` informs, `warn` asks for care, `bad` is broken. */
  readonly tone?: "note" | "warn" | "bad";
  readonly action?: Action;
}

/** A problem where it matters: one line, one action, never a pop-up. */
export const Problem = ({ text, tone = "warn", action }: ProblemProps) => (
  <div class={`problem ${tone}`} role={tone === "bad" ? "alert" : "status"}>
    <Icon name={tone === "note" ? "info" : "warning"} />
    <p>
      <Named text={text} />
    </p>
    {action && <ActionButton action={action} style="link-button" />}
  </div>
);

export interface FailureLineProps {
  readonly failure: Failure;
  readonly onRetry?: () => void;
}

/** A request that failed, in the API's own words. */
export const FailureLine = ({ failure, onRetry }: FailureLineProps) => (
  <Problem
    text={t(failure.text)}
    tone="bad"
    {...(onRetry === undefined ? {} : { action: { label: t(kitTexts.retry), onClick: onRetry } })}
  />
);
