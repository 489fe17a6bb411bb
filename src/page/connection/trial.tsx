import "./trial.css";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { ConnectionName, TryAnswer } from "../../server/api/settings.ts";
import { ask } from "../api/client.ts";
import { Icon } from "../kit/icon.tsx";
import { Named } from "../kit/named.tsx";
import { FailureLine } from "../kit/problem.tsx";
import { useDoing } from "../kit/use-doing.ts";
import { t } from "../language.ts";
import { texts } from "./texts.ts";

export interface TrialProps {
  readonly connection: ConnectionName;
  /** Values to try beside those in force; they are not kept. */
  readonly changes?: Readonly<Record<string, unknown>>;
  /** Whose connection it is, where several stand on one page: the button is short then, and says it to those who listen. */
  readonly name?: string;
  /** Beside the button. */
  readonly children?: ComponentChildren;
}

/** A button that tries a connection, and each of its steps in a sentence. */
export function Trial({ connection, changes = {}, name, children }: TrialProps) {
  const [answer, setAnswer] = useState<TryAnswer | null>(null);
  const trial = useDoing();
  const start = () =>
    trial.run(async () => {
      setAnswer(null);
      setAnswer(await ask<TryAnswer>(`api/test/${connection}`, { method: "POST", body: { changes } }));
    });
  return (
    <div class="trial">
      <div class="row">
        <button
          type="button"
          class="button"
          disabled={trial.isBusy}
          {...(name === undefined ? {} : { "aria-label": `${t(texts.tryIt)} : ${name}` })}
          onClick={() => void start()}
        >
          {t(trial.isBusy ? texts.trying : name === undefined ? texts.tryIt : texts.tryShort)}
        </button>
        {children}
      </div>
      {trial.failure && <FailureLine failure={trial.failure} />}
      <div role="status">{answer && <TrialSteps answer={answer} />}</div>
    </div>
  );
}

/** What each step of a trial found. */
export const TrialSteps = ({ answer }: { readonly answer: TryAnswer }) => (
  <ul class="trial-steps">
    {answer.steps.map(({ ok, text }) => (
      <li key={text.fr} class={ok ? "works" : "fails"}>
        <Icon name={ok ? "check" : "warning"} />
        <span>
          <span class="hidden-text">{t(ok ? texts.works : texts.fails)} : </span>
          <Named text={t(text)} />
        </span>
      </li>
    ))}
  </ul>
);
