import { Card } from "../../kit/card.tsx";
import { TextField } from "../../kit/field.tsx";
import { t } from "../../language.ts";
import type { FieldsProps } from "./account-fields.tsx";
import type { Key } from "./draft.ts";
import { texts } from "./texts.ts";

interface HomeFieldsProps extends FieldsProps {
  readonly linked: { readonly mqtt: boolean; readonly homeAssistant: boolean };
}

/** The broker and Home Assistant, where nobody has linked them yet. */
export function HomeFields({ linked, ...fields }: HomeFieldsProps) {
  if (linked.mqtt && linked.homeAssistant) return <p class="muted">{t(texts.linksDone)}</p>;
  const isAtFault = [...mqttFields, ...homeFields].some(({ key }) => fields.errorOf(key) !== undefined);
  return (
    <Card>
      <details {...(isAtFault ? { open: true } : {})}>
        <summary class="strong">{t(texts.links)}</summary>
        <p class="small muted">{t(texts.linksMore)}</p>
        {!linked.mqtt && <Group title={t(texts.mqtt)} shown={mqttFields} {...fields} />}
        {!linked.homeAssistant && <Group title={t(texts.home)} shown={homeFields} {...fields} />}
      </details>
    </Card>
  );
}

interface Shown {
  readonly key: Key;
  readonly label: { readonly fr: string; readonly en: string };
  readonly hint?: { readonly fr: string; readonly en: string };
  readonly isSecret?: boolean;
}

const mqttFields: readonly Shown[] = [
  { key: "mqtt_broker", label: texts.mqttBroker, hint: texts.mqttBrokerHint },
  { key: "mqtt_username", label: texts.mqttUser },
  { key: "mqtt_password", label: texts.mqttPassword, isSecret: true },
];

const homeFields: readonly Shown[] = [
  { key: "homeassistant_url", label: texts.homeUrl, hint: texts.homeUrlHint },
  { key: "homeassistant_token", label: texts.homeToken, hint: texts.homeTokenHint, isSecret: true },
];

interface GroupProps extends FieldsProps {
  readonly title: string;
  readonly shown: readonly Shown[];
}

const Group = ({ title, shown, draft, errorOf, onDraft }: GroupProps) => (
  <fieldset class="first-group stack">
    <legend class="strong">{title}</legend>
    {shown.map(({ key, label, hint, isSecret = false }) => (
      <TextField
        key={key}
        label={t(label)}
        {...(isSecret ? { type: "password" as const, autocomplete: "new-password" } : {})}
        value={draft[key] ?? ""}
        hint={hint && t(hint)}
        error={errorOf(key)}
        onChange={(text) => onDraft({ [key]: text })}
      />
    ))}
  </fieldset>
);
