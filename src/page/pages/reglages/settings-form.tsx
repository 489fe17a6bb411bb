import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { ChangedSettingsAnswer, ConnectionName, Setting } from "../../../server/api/settings.ts";
import { ask } from "../../api/client.ts";
import { refreshAll } from "../../api/resource.ts";
import { faultsByField } from "../../connection/field-faults.ts";
import { afterRestart } from "../../connection/restart.ts";
import { Trial } from "../../connection/trial.tsx";
import { Card } from "../../kit/card.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { useDraft } from "../../kit/use-draft.tsx";
import { t } from "../../language.ts";
import { SettingField } from "./setting-field.tsx";
import { texts } from "./texts.ts";
import { asSent, changesOf, type Draft, isOpen } from "./words.ts";

export interface SettingsFormProps {
  readonly title: string;
  readonly settings: readonly Setting[];
  /** Shown at once; the others are under « Réglages avancés ». */
  readonly main: readonly string[];
  readonly connection?: ConnectionName;
  readonly children?: ComponentChildren;
}

/** Options that are saved together, all of them or none. */
export function SettingsForm({ title, settings, main, connection, children }: SettingsFormProps) {
  // It may hold a secret.
  const kept = useDraft<Draft>(`settings ${settings[0]?.key}`, () => ({}), "memory");
  const draft = kept.value;
  // The answer on screen is of before until the service is back with it: what was saved is shown in its place.
  const [sent, setSent] = useState<Draft>({});
  const shown = { ...sent, ...draft };
  const isOutside = (key: string): boolean => !main.includes(key);
  const [outcome, setOutcome] = useState<"saved" | "inForce" | "unchanged" | null>(null);
  // What a fault has unfolded stays so when it is mended, and so does what the reader has unfolded.
  const [isUnfolded, setUnfolded] = useState(() => Object.keys(draft).some((key) => isOutside(key)));
  const saving = useDoing();
  const changes = changesOf(draft, settings);
  const failure = saving.failure;
  const isRefused = failure?.code === "invalid_settings";
  const faults = faultsByField(
    failure && isRefused ? t(failure.text) : "",
    settings.map(({ key }) => key),
  );
  const apply = (values: Draft, send: () => Promise<ChangedSettingsAnswer>) =>
    saving.run(async () => {
      setOutcome(null);
      const { isChanged } = await send();
      setSent(values);
      kept.forget();
      setOutcome(isChanged ? "saved" : "unchanged");
      await (isChanged ? afterRestart() : refreshAll());
      setSent({});
      if (isChanged) setOutcome("inForce");
    });
  const fieldOf = (setting: Setting) => (
    <SettingField
      key={setting.key}
      setting={asSent(setting, sent)}
      draft={shown}
      isBusy={saving.isBusy}
      error={faults.byKey[setting.key]}
      onDraft={(key, value) => {
        setOutcome(null);
        kept.change(withValue(draft, key, value));
      }}
      onRevert={(key) => void apply({}, () => ask(`api/settings/${key}`, { method: "DELETE" }))}
    />
  );
  const others = settings.filter(({ key }) => isOutside(key));
  const isAtFaultInside = others.some(({ key }) => faults.byKey[key] !== undefined);
  return (
    <Card title={title}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void apply(draft, () => ask("api/settings", { method: "PUT", body: { changes } }));
        }}
      >
        {settings.filter(({ key }) => !isOutside(key)).map(fieldOf)}
        {others.length > 0 && (
          <details
            open={isUnfolded || isAtFaultInside}
            onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)}
          >
            <summary>{t(texts.advanced)}</summary>
            <div class="stack setting-others">{others.map(fieldOf)}</div>
          </details>
        )}
        {failure && !isRefused && <FailureLine failure={failure} />}
        {isRefused && <Problem tone="bad" text={[faults.rest, t(texts.kept)].filter(Boolean).join(" ")} />}
        {settings.some(isOpen) && (
          <div class="row">
            <button type="submit" class="button main" disabled={saving.isBusy || Object.keys(changes).length === 0}>
              {t(texts.save)}
            </button>
            {Object.keys(draft).length > 0 && !saving.isBusy && (
              <button type="button" class="button" onClick={() => discard()}>
                {t(texts.discard)}
              </button>
            )}
            <span class="small" role="status">
              {outcome !== null && t(texts[outcome])}
            </span>
          </div>
        )}
      </form>
      {connection !== undefined && <Trial connection={connection} changes={changes} />}
      {children}
    </Card>
  );

  function discard(): void {
    kept.forget();
    saving.forget();
  }
}

function withValue(draft: Draft, key: string, value: Draft[string] | undefined): Draft {
  const { [key]: _, ...others } = draft;
  return value === undefined ? others : { ...others, [key]: value };
}
