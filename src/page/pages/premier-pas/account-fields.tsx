import { useState } from "preact/hooks";
import { Card } from "../../kit/card.tsx";
import { TextField } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { t } from "../../language.ts";
import type { Draft, Key } from "./draft.ts";
import { pastedCredentials } from "./pasted.ts";
import { texts } from "./texts.ts";

const accountSite = "https://www.v2.myelectricaldata.fr/";

export interface FieldsProps {
  readonly draft: Draft;
  readonly errorOf: (key: Key) => string | undefined;
  readonly onDraft: (values: Draft) => void;
}

/** The two values of the account; a paste that holds both fills both. */
export function AccountFields({ draft, given, errorOf, onDraft }: FieldsProps & { readonly given: readonly string[] }) {
  const [wereBothPasted, setBothPasted] = useState(false);
  return (
    <Card title={t(texts.account)}>
      <details>
        <summary>{t(texts.accountWhere)}</summary>
        <ol>
          <li>{t(texts.accountOpen)}</li>
          <li>{t(texts.accountConsent)}</li>
          <li>{t(texts.accountCopy)}</li>
        </ol>
        <a class="button" href={accountSite} target="_blank" rel="noreferrer">
          <Icon name="link" />
          {t(texts.site)}
        </a>
      </details>
      <div
        class="stack"
        onPaste={(event) => {
          const { clientId, clientSecret } = pastedCredentials(event.clipboardData?.getData("text") ?? "");
          setBothPasted(clientId !== undefined);
          if (clientId === undefined || clientSecret === undefined) return;
          event.preventDefault();
          onDraft({ client_id: clientId, client_secret: clientSecret });
        }}
      >
        {given.includes("client_id") ? (
          <Given name={t(texts.clientId)} />
        ) : (
          <TextField
            label={t(texts.clientId)}
            value={draft.client_id ?? ""}
            hint={t(texts.clientIdHint)}
            error={errorOf("client_id")}
            onChange={(text) => onDraft({ client_id: text })}
          />
        )}
        {given.includes("client_secret") ? (
          <Given name={t(texts.clientSecret)} />
        ) : (
          <TextField
            label={t(texts.clientSecret)}
            type="password"
            autocomplete="new-password"
            value={draft.client_secret ?? ""}
            hint={t(texts.clientSecretHint)}
            error={errorOf("client_secret")}
            onChange={(text) => onDraft({ client_secret: text })}
          />
        )}
      </div>
      <p class="small first-said" role="status">
        {wereBothPasted && t(texts.bothPasted)}
      </p>
    </Card>
  );
}

const Given = ({ name }: { readonly name: string }) => (
  <p class="row between">
    <span>{name}</span>
    <span class="muted">{t(texts.already)}</span>
  </p>
);
