import { useState } from "preact/hooks";
import type { ChangedSettingsAnswer, Setting, TryAnswer } from "../../../server/api/settings.ts";
import { ask } from "../../api/client.ts";
import { refreshAll } from "../../api/resource.ts";
import { faultsByField } from "../../connection/field-faults.ts";
import { afterRestart } from "../../connection/restart.ts";
import { TrialSteps } from "../../connection/trial.tsx";
import { Card } from "../../kit/card.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { t } from "../../language.ts";
import { AccountFields } from "./account-fields.tsx";
import { accountKeys, changesOf, type Draft, type Hop, hopsOf, type Key, missingOf } from "./draft.ts";
import { HomeFields } from "./home-fields.tsx";
import { texts } from "./texts.ts";

const hopNames = { gateway: texts.hopGateway, mqtt: texts.hopMqtt, homeassistant: texts.hopHome } as const;

type Found = Partial<Readonly<Record<Hop, TryAnswer>>>;

interface LinkFormProps {
  readonly settings: readonly Setting[];
  /** Whether the broker and Home Assistant are linked already, as the Supervisor does it. */
  readonly linked: { readonly mqtt: boolean; readonly homeAssistant: boolean };
}

/** The account, and what else can be linked: each connection is tried, then all of it is kept. */
export function LinkForm({ settings, linked }: LinkFormProps) {
  const [draft, setDraft] = useState<Draft>({});
  const [wasSent, setSent] = useState(false);
  const [found, setFound] = useState<Found>({});
  const [isSaving, setSaving] = useState(false);
  const linking = useDoing();
  const { failure } = linking;
  const given = accountKeys.filter((key) => settings.some((one) => one.key === key && one.isSet && !one.isUnreadable));
  const missing = wasSent ? missingOf(draft, given) : {};
  const isRefused = failure?.code === "invalid_settings";
  const faults = faultsByField(
    failure && isRefused ? t(failure.text) : "",
    settings.map(({ key }) => key),
  );
  const errorOf = (key: Key): string | undefined => {
    const text = missing[key];
    return text === undefined ? faults.byKey[key] : t(text);
  };
  const set = (values: Draft): void => {
    setDraft({ ...draft, ...values });
    setFound({});
    linking.forget();
  };
  const hops = hopsOf(draft);
  const hasFailed = hops.some((hop) => found[hop]?.ok === false);

  async function link({ anyway }: { readonly anyway: boolean }): Promise<void> {
    setSent(true);
    if (Object.keys(missingOf(draft, given)).length > 0) return;
    const changes = changesOf(draft);
    await linking.run(async () => {
      if (!anyway && !(await areAllWell(changes))) return;
      setSaving(true);
      try {
        const { isChanged } = await ask<ChangedSettingsAnswer>("api/settings", { method: "PUT", body: { changes } });
        await (isChanged ? afterRestart() : refreshAll());
      } finally {
        setSaving(false);
      }
    });
  }

  async function areAllWell(changes: Readonly<Record<string, string>>): Promise<boolean> {
    const answers: Partial<Record<Hop, TryAnswer>> = {};
    setFound({});
    for (const hop of hops) {
      answers[hop] = await ask<TryAnswer>(`api/test/${hop}`, { method: "POST", body: { changes } });
      setFound({ ...answers });
    }
    return hops.every((hop) => answers[hop]?.ok === true);
  }

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void link({ anyway: false });
      }}
    >
      <AccountFields draft={draft} given={given} errorOf={errorOf} onDraft={set} />
      <HomeFields draft={draft} linked={linked} errorOf={errorOf} onDraft={set} />
      {failure && !isRefused && <FailureLine failure={failure} />}
      {isRefused && faults.rest !== "" && <Problem tone="bad" text={faults.rest} />}
      <div class="stack" role="status">
        {hops.map((hop) => {
          const answer = found[hop];
          return (
            answer && (
              <Card key={hop} title={t(hopNames[hop])}>
                <TrialSteps answer={answer} />
              </Card>
            )
          );
        })}
        {hasFailed && !linking.isBusy && <p>{t(texts.notSaved)}</p>}
      </div>
      <div class="row">
        <button type="submit" class="button main" disabled={linking.isBusy}>
          {t(isSaving ? texts.saving : linking.isBusy ? texts.trying : texts.link)}
        </button>
        {hasFailed && !linking.isBusy && (
          <button type="button" class="button" onClick={() => void link({ anyway: true })}>
            {t(texts.anyway)}
          </button>
        )}
      </div>
    </form>
  );
}
