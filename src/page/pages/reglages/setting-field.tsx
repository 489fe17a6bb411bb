import type { Setting } from "../../../server/api/settings.ts";
import { CheckField, SelectField, TextField } from "../../kit/field.tsx";
import { language, t } from "../../language.ts";
import { SecretField } from "./secret-field.tsx";
import { texts } from "./texts.ts";
import { choiceName, type Draft, isOpen, meaningOf, sourceOf, spoken, valueText } from "./words.ts";

export interface SettingFieldProps {
  readonly setting: Setting;
  readonly draft: Draft;
  /** `undefined` takes the key out of the draft. */
  readonly onDraft: (key: string, value: Draft[string] | undefined) => void;
  readonly error: string | undefined;
  /** Takes the page's value away. */
  readonly onRevert: (key: string) => void;
  readonly isBusy: boolean;
}

/** An option with what it does, where its value comes from, and the way back. */
export function SettingField(props: SettingFieldProps) {
  const { setting, draft, onRevert, isBusy } = props;
  return (
    <div class="setting">
      <Control {...props} />
      <p class="small muted setting-source">
        <span>{t(sourceOf(setting))}.</span>
        {setting.source === "page" && !(setting.key in draft) && (
          <button
            type="button"
            class="link-button"
            disabled={isBusy}
            aria-label={`${t(texts.revert)} : ${t(setting.name)}`}
            onClick={() => onRevert(setting.key)}
          >
            {t(texts.revert)}
          </button>
        )}
      </p>
    </div>
  );
}

function Control(props: SettingFieldProps) {
  const { setting, draft, onDraft, error } = props;
  const { key, type, choices, value } = setting;
  const held = draft[key] ?? value;
  const common = { label: t(setting.name), hint: t(meaningOf(setting)), error, isDisabled: !isOpen(setting) };
  const set = (text: string): void => onDraft(key, text);
  if (type === "secret") return <SecretField {...props} />;
  if (type === "boolean") return <SelectField {...common} value={valueText(held)} onChange={set} options={yesOrNo()} />;
  if (type === "choice")
    return (
      <SelectField
        {...common}
        value={valueText(held)}
        onChange={set}
        options={choices.map((choice) => ({ value: choice, label: t(choiceName(key, choice)) }))}
      />
    );
  if (type === "choices") return <Choices {...props} held={held} />;
  return (
    <TextField
      {...common}
      value={valueText(held)}
      onChange={set}
      placeholder={spoken(t(setting.fallback), language.value)}
      {...(type === "number" ? { inputMode: "numeric" as const } : {})}
    />
  );
}

const yesOrNo = () => [
  { value: "", label: t(texts.usual) },
  { value: "true", label: t(texts.yes) },
  { value: "false", label: t(texts.no) },
];

/** Several of a list; none chosen means all of them. */
function Choices({ setting, held, onDraft, error }: SettingFieldProps & { readonly held: unknown }) {
  const chosen = Array.isArray(held) ? held.map(String) : [];
  return (
    <fieldset class="setting-choices">
      <legend>{t(setting.name)}</legend>
      <p class="small muted">
        {t(meaningOf(setting))} {t(texts.all)}
      </p>
      {setting.choices.map((choice) => (
        <CheckField
          key={choice}
          label={t(choiceName(setting.key, choice))}
          value={chosen.includes(choice)}
          isDisabled={!isOpen(setting)}
          onChange={(isOn) => {
            onDraft(
              setting.key,
              setting.choices.filter((one) => (one === choice ? isOn : chosen.includes(one))),
            );
          }}
        />
      ))}
      {error !== undefined && (
        <p class="small field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
