import { useState } from "preact/hooks";
import { ask } from "../../api/client.ts";
import { Card } from "../../kit/card.tsx";
import { TextField } from "../../kit/field.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { t } from "../../language.ts";
import { texts } from "./texts.ts";
import { useWait } from "./use-wait.ts";
import { waitSentence } from "./words.ts";

/** The password, as often as the service lets it be tried. */
export function Login({ onEntered }: { readonly onEntered: () => Promise<void> }) {
  const [password, setPassword] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const entering = useDoing();
  const wait = useWait(entering.failure);
  const isWrong = entering.failure?.code === "wrong_password";
  const enter = async (): Promise<void> => {
    setEmpty(password === "");
    if (password === "" || wait > 0) return;
    await entering.run(async () => {
      await ask("api/session", { method: "POST", body: { password } });
      await onEntered();
    });
  };
  const error = isEmpty ? t(texts.passwordMissing) : isWrong && entering.failure ? t(entering.failure.text) : undefined;
  return (
    <Card>
      <form
        class="door"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <p class="strong">{t(texts.login)}</p>
        <TextField
          label={t(texts.password)}
          type="password"
          autocomplete="current-password"
          value={password}
          error={error}
          onChange={(text) => {
            setPassword(text);
            setEmpty(false);
          }}
        />
        {wait > 0 && <Problem text={t(waitSentence(wait))} />}
        {entering.failure && !isWrong && entering.failure.retryAfterSeconds === null && (
          <FailureLine failure={entering.failure} />
        )}
        <div class="row">
          <button type="submit" class="button main" disabled={entering.isBusy || wait > 0}>
            {t(entering.isBusy ? texts.entering : texts.enter)}
          </button>
        </div>
        <details>
          <summary>{t(texts.forgotten)}</summary>
          <p class="small">{t(texts.forgottenMore)}</p>
          <code class="door-command">linky-bridge password</code>
          <p class="small">{t(texts.forgottenDocker)}</p>
          <code class="door-command">docker compose exec linky-bridge linky-bridge password</code>
          <p class="small">{t(texts.forgottenHome)}</p>
        </details>
      </form>
    </Card>
  );
}
