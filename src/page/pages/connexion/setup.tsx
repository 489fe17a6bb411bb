import { useState } from "preact/hooks";
import { ask } from "../../api/client.ts";
import { Card } from "../../kit/card.tsx";
import { TextField } from "../../kit/field.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { t } from "../../language.ts";
import { texts } from "./texts.ts";
import { useWait } from "./use-wait.ts";
import { type Choice, faultsOf, waitSentence } from "./words.ts";

interface SetupProps {
  readonly onEntered: () => Promise<void>;
  /** Somebody else was quicker: there is a password now. */
  readonly onTaken: () => void;
}

/** Refusals that are about one field, and are told there. */
const fieldOfCode: Readonly<Record<string, keyof Choice>> = { wrong_code: "code", password_unsuitable: "password" };

/** The password of a first visit, chosen by whoever can read the log. */
export function Setup({ onEntered, onTaken }: SetupProps) {
  const [choice, setChoice] = useState<Choice>({ code: "", password: "", again: "" });
  const [wasTried, setTried] = useState(false);
  const choosing = useDoing();
  const { failure } = choosing;
  const wait = useWait(failure);
  const faults = wasTried ? faultsOf(choice) : {};
  const refused = failure === null ? undefined : fieldOfCode[failure.code];
  const errorOf = (field: keyof Choice): string | undefined => {
    const fault = faults[field] ?? (refused === field ? failure?.text : undefined);
    return fault && t(fault);
  };
  const set = (field: keyof Choice) => (text: string) => {
    setChoice({ ...choice, [field]: text });
    if (refused === field) choosing.forget();
  };
  const choose = async (): Promise<void> => {
    setTried(true);
    if (wait > 0 || Object.keys(faultsOf(choice)).length > 0) return;
    const { code, password } = choice;
    await choosing.run(async () => {
      await ask("api/session/setup", { method: "POST", body: { code: code.trim(), password } });
      await onEntered();
    });
  };
  return (
    <Card>
      <form
        class="door"
        onSubmit={(event) => {
          event.preventDefault();
          void choose();
        }}
      >
        <p class="strong">{t(texts.setup)}</p>
        <p>{t(texts.setupMore)}</p>
        <TextField
          label={t(texts.code)}
          value={choice.code}
          hint={t(texts.codeHint)}
          error={errorOf("code")}
          onChange={set("code")}
        />
        <details>
          <summary>{t(texts.whereCode)}</summary>
          <p class="small">{t(texts.whereCodeMore)}</p>
          <code class="door-command">docker compose logs linky-bridge</code>
          <p class="small">{t(texts.whereCodeElse)}</p>
        </details>
        <TextField
          label={t(texts.chosen)}
          type="password"
          autocomplete="new-password"
          value={choice.password}
          hint={t(texts.chosenHint)}
          error={errorOf("password")}
          onChange={set("password")}
        />
        <TextField
          label={t(texts.again)}
          type="password"
          autocomplete="new-password"
          value={choice.again}
          error={errorOf("again")}
          onChange={set("again")}
        />
        {wait > 0 && <Problem text={t(waitSentence(wait))} />}
        {failure && refused === undefined && failure.retryAfterSeconds === null && (
          <FailureLine failure={failure} {...(failure.code === "password_is_set" ? { onRetry: onTaken } : {})} />
        )}
        <div class="row">
          <button type="submit" class="button main" disabled={choosing.isBusy || wait > 0}>
            {t(texts.choose)}
          </button>
        </div>
      </form>
    </Card>
  );
}
