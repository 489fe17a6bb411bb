import { useRef, useState } from "preact/hooks";
import type { ApiToken, CreatedToken, TokensAnswer } from "../../../server/api/session.ts";
import { ask } from "../../api/client.ts";
import { useApi } from "../../api/resource.ts";
import { instantOf, moment } from "../../format.ts";
import { now } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { Confirm } from "../../kit/dialog.tsx";
import { TextField } from "../../kit/field.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { language, t } from "../../language.ts";
import { texts } from "./texts.ts";

/** The tokens by which programs use the API: creating one, which is shown once, and revoking. */
export function Tokens() {
  const tokens = useApi<TokensAnswer>("api/tokens");
  const [created, setCreated] = useState<CreatedToken | null>(null);
  const [leaving, setLeaving] = useState<ApiToken | null>(null);
  const revoking = useDoing();
  const revoke = async (id: number): Promise<void> => {
    await revoking.run(() => ask(`api/tokens/${id}`, { method: "DELETE" }));
    setLeaving(null);
    await tokens.reload();
  };
  return (
    <Card title={t(texts.tokens)}>
      <p>{t(texts.tokensMore)}</p>
      {tokens.failure && <FailureLine failure={tokens.failure} onRetry={() => void tokens.reload()} />}
      {tokens.data?.tokens.length === 0 && <p class="muted">{t(texts.noTokens)}</p>}
      {tokens.data !== null && tokens.data.tokens.length > 0 && (
        <TokenTable tokens={tokens.data.tokens} onRevoke={setLeaving} />
      )}
      {revoking.failure && <FailureLine failure={revoking.failure} />}
      {created === null ? (
        <NewToken
          onCreated={(token) => {
            setCreated(token);
            void tokens.reload();
          }}
        />
      ) : (
        <ShownOnce token={created} onDone={() => setCreated(null)} />
      )}
      <Confirm
        title={t(texts.revokeTitle)}
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        confirmLabel={t(texts.revoke)}
        isDangerous
        isBusy={revoking.isBusy}
        onConfirm={() => leaving && void revoke(leaving.id)}
      >
        <p class="strong">{leaving?.name}</p>
        <p>{t(texts.revokeMore)}</p>
      </Confirm>
    </Card>
  );
}

interface TokenTableProps {
  readonly tokens: readonly ApiToken[];
  readonly onRevoke: (token: ApiToken) => void;
}

function TokenTable({ tokens, onRevoke }: TokenTableProps) {
  const spoken = language.value;
  return (
    <DataTable<ApiToken>
      caption={t(texts.tokens)}
      rows={tokens}
      rowKey={({ id }) => String(id)}
      columns={[
        { key: "name", head: t(texts.token), cell: ({ name }) => name },
        {
          key: "created",
          head: t(texts.created),
          cell: ({ createdAt }) => moment(instantOf(createdAt), now.value, spoken),
        },
        {
          key: "used",
          head: t(texts.used),
          cell: ({ lastUsedAt }) =>
            lastUsedAt === null ? t(texts.never) : moment(instantOf(lastUsedAt), now.value, spoken),
        },
        {
          key: "revoke",
          head: t(texts.actions),
          cell: (token) => (
            <button
              type="button"
              class="link-button"
              aria-label={`${t(texts.revoke)} : ${token.name}`}
              onClick={() => onRevoke(token)}
            >
              {t(texts.revoke)}
            </button>
          ),
        },
      ]}
    />
  );
}

function NewToken({ onCreated }: { readonly onCreated: (token: CreatedToken) => void }) {
  const [name, setName] = useState("");
  const [isMissing, setMissing] = useState(false);
  const creating = useDoing();
  const create = async (): Promise<void> => {
    setMissing(name.trim() === "");
    if (name.trim() === "") return;
    await creating.run(async () =>
      onCreated(await ask<CreatedToken>("api/tokens", { method: "POST", body: { name } })),
    );
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <TextField
        label={t(texts.tokenName)}
        hint={t(texts.tokenHint)}
        value={name}
        error={isMissing ? t(texts.tokenNeedsName) : undefined}
        onChange={setName}
      />
      {creating.failure && <FailureLine failure={creating.failure} />}
      <div>
        <button type="submit" class="button" disabled={creating.isBusy}>
          {t(texts.tokenCreate)}
        </button>
      </div>
    </form>
  );
}

/** The clipboard is closed to a page that is not served safely: the token is selected then. */
function ShownOnce({ token: { name, token }, onDone }: { readonly token: CreatedToken; readonly onDone: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [note, setNote] = useState<"copied" | "copyByHand" | null>(null);
  const copy = async (): Promise<void> => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(token);
      setNote("copied");
    } catch {
      setNote("copyByHand");
    }
  };
  return (
    <div class="stack">
      <p class="strong">{t(texts.tokenOnce)}</p>
      <label class="field">
        <span>{name}</span>
        <input
          ref={field}
          class="input settings-token"
          readOnly
          value={token}
          onFocus={() => field.current?.select()}
        />
      </label>
      <div class="row">
        <button type="button" class="button main" onClick={() => void copy()}>
          {t(texts.copy)}
        </button>
        <button type="button" class="button" onClick={onDone}>
          {t(texts.tokenDone)}
        </button>
        <span class="small" role="status">
          {note !== null && t(texts[note])}
        </span>
      </div>
    </div>
  );
}
