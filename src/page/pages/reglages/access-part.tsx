import { useState } from "preact/hooks";
import type { SessionAnswer } from "../../../server/api/session.ts";
import { ask } from "../../api/client.ts";
import { refreshAll, useApi } from "../../api/resource.ts";
import { Card } from "../../kit/card.tsx";
import { TextField } from "../../kit/field.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { t } from "../../language.ts";
import { go } from "../../navigation.ts";
import { texts } from "./texts.ts";
import { Tokens } from "./tokens-card.tsx";

/** Who may open the page and the API. */
export function Access() {
  const session = useApi<SessionAnswer>("api/session");
  if (session.data === null)
    return session.failure ? (
      <FailureLine failure={session.failure} onRetry={() => void session.reload()} />
    ) : (
      <Skeleton lines={6} label={t(texts.loading)} />
    );
  return (
    <div class="columns">
      <Tokens />
      <Password session={session.data} />
      <Session user={session.data.user} />
    </div>
  );
}

/** The fewest characters, as `passwordLength` of the API has it. */
const fewest = 8;

function Password({ session: { hasPassword, user } }: { readonly session: SessionAnswer }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [wasTried, setTried] = useState(false);
  const [isDone, setDone] = useState(false);
  const changing = useDoing();
  const isShort = next.length < fewest;
  const differs = next !== again;
  // Home Assistant has checked its user, who may not know the password that others need.
  const needsCurrent = hasPassword && user?.kind !== "homeAssistant";
  const submit = async (): Promise<void> => {
    setTried(true);
    setDone(false);
    if (isShort || differs) return;
    const body = { password: next, ...(needsCurrent ? { current } : {}) };
    const isChanged = await changing.run(async () => {
      await ask("api/session/password", { method: "PUT", body });
      await refreshAll();
    });
    if (!isChanged) return;
    for (const clear of [setCurrent, setNext, setAgain]) clear("");
    setTried(false);
    setDone(true);
  };
  return (
    <Card title={t(texts.password)}>
      <p>{t(hasPassword ? texts.passwordSet : texts.passwordNone)}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {needsCurrent && (
          <TextField
            label={t(texts.passwordCurrent)}
            type="password"
            autocomplete="current-password"
            value={current}
            onChange={setCurrent}
          />
        )}
        <TextField
          label={t(texts.passwordNew)}
          type="password"
          autocomplete="new-password"
          value={next}
          hint={t(texts.passwordHint)}
          error={wasTried && isShort ? t(texts.passwordShort) : undefined}
          onChange={setNext}
        />
        <TextField
          label={t(texts.passwordAgain)}
          type="password"
          autocomplete="new-password"
          value={again}
          error={wasTried && differs ? t(texts.passwordDiffers) : undefined}
          onChange={setAgain}
        />
        {changing.failure && <FailureLine failure={changing.failure} />}
        <div class="row">
          <button type="submit" class="button main" disabled={changing.isBusy}>
            {t(hasPassword ? texts.passwordChange : texts.passwordChoose)}
          </button>
          <span class="small" role="status">
            {isDone && t(texts.passwordDone)}
          </span>
        </div>
      </form>
    </Card>
  );
}

function Session({ user }: { readonly user: SessionAnswer["user"] }) {
  const leaving = useDoing();
  const leave = (): Promise<boolean> =>
    leaving.run(async () => {
      await ask("api/session", { method: "DELETE" });
      go("connexion");
    });
  return (
    <Card title={t(texts.session)}>
      {user?.kind === "homeAssistant" && (
        <p>
          {t(texts.homeAssistantUser)}
          {user.name !== null && ` (${user.name})`}.
        </p>
      )}
      {user?.kind === "thisMachine" && <p>{t(texts.machineUser)}</p>}
      {user?.kind === "password" && (
        <>
          <p>{t(texts.passwordUser)}</p>
          <div>
            <button type="button" class="button" disabled={leaving.isBusy} onClick={() => void leave()}>
              {t(texts.logOut)}
            </button>
          </div>
        </>
      )}
      {leaving.failure && <FailureLine failure={leaving.failure} />}
    </Card>
  );
}
