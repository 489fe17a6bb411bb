import { TextField } from "../../kit/field.tsx";
import { t } from "../../language.ts";
import type { SettingFieldProps } from "./setting-field.tsx";
import { texts } from "./texts.ts";
import { isOpen, valueText } from "./words.ts";

/** A secret is told to be there and never shown; another one takes its place. */
export function SecretField({ setting, draft, onDraft, error }: SettingFieldProps) {
  const { key, isSet, isUnreadable } = setting;
  const name = t(setting.name);
  if (key in draft)
    return (
      <div class="setting">
        <TextField
          label={name}
          type="password"
          autocomplete="new-password"
          value={valueText(draft[key])}
          hint={t(setting.meaning)}
          error={error}
          onChange={(text) => onDraft(key, text)}
        />
        <div>
          <button type="button" class="link-button small" onClick={() => onDraft(key, undefined)}>
            {t(texts.keep)}
          </button>
        </div>
      </div>
    );
  const fault = error ?? (isUnreadable ? t(texts.unreadable) : undefined);
  return (
    <div class="field">
      <p>{name}</p>
      <div class="row between secret">
        <span class={isSet ? "" : "muted"}>{t(isSet ? texts.registered : texts.notGiven)}</span>
        {isOpen(setting) && (
          <button
            type="button"
            class="link-button"
            aria-label={`${t(isSet ? texts.replace : texts.give)} : ${name}`}
            onClick={() => onDraft(key, "")}
          >
            {t(isSet ? texts.replace : texts.give)}
          </button>
        )}
      </div>
      <p class="small muted">{t(setting.meaning)}</p>
      {fault !== undefined && (
        <p class="small field-error" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
