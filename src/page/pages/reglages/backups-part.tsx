import { useState } from "preact/hooks";
import type { Backup, BackupMadeAnswer, BackupsAnswer } from "../../../server/api/backup.ts";
import { ask, urlOf } from "../../api/client.ts";
import { useApi } from "../../api/resource.ts";
import { capitalised, instantOf, moment } from "../../format.ts";
import { now } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { Icon } from "../../kit/icon.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { language, t } from "../../language.ts";
import { RestoreDialog, useRestore } from "./restore-dialog.tsx";
import { texts } from "./texts.ts";
import { UploadCard } from "./upload-card.tsx";
import { size } from "./words.ts";

const kinds = {
  backup: texts.kindBackup,
  "before-update": texts.kindBeforeUpdate,
  "before-restore": texts.kindBeforeRestore,
} as const;

/** Making backups, taking them away, putting one back. */
export function Backups() {
  const known = useApi<BackupsAnswer>("api/backups");
  const restore = useRestore();
  if (known.data === null) {
    if (known.failure?.status === 404) return <Problem text={t(texts.backupElsewhere)} tone="note" />;
    if (known.failure) return <FailureLine failure={known.failure} onRetry={() => void known.reload()} />;
    return <Skeleton lines={6} label={t(texts.loading)} />;
  }
  const { lastRestore } = known.data;
  return (
    <div class="stack">
      {lastRestore && (
        <Problem
          tone={lastRestore.isDone ? "note" : "bad"}
          text={`${t(texts.lastRestore)}, ${moment(instantOf(lastRestore.at), now.value, language.value)} : ${t(lastRestore)}`}
        />
      )}
      {restore.isRestored && <Problem tone="note" text={t(texts.restored)} />}
      <div class="columns">
        <Kept
          known={known.data}
          onChange={() => void known.reload()}
          onRestore={(file) => void restore.stage({ file })}
        />
        <UploadCard restore={restore} />
      </div>
      <RestoreDialog restore={restore} />
    </div>
  );
}

interface KeptProps {
  readonly known: BackupsAnswer;
  readonly onChange: () => void;
  readonly onRestore: (file: string) => void;
}

function Kept({ known: { backups, directory }, onChange, onRestore }: KeptProps) {
  const [isMade, setMade] = useState(false);
  const making = useDoing();
  const make = (): Promise<boolean> =>
    making.run(async () => {
      setMade(false);
      await ask<BackupMadeAnswer>("api/backups", { method: "POST", body: {} });
      setMade(true);
      onChange();
    });
  return (
    <Card title={t(texts.backups)}>
      <p>
        {t(texts.backupMore)} {t(texts.backupSecrets)}
      </p>
      {making.failure && <FailureLine failure={making.failure} />}
      <div class="row">
        <button type="button" class="button main" disabled={making.isBusy} onClick={() => void make()}>
          {t(making.isBusy ? texts.backupMaking : texts.backupMake)}
        </button>
        <a class="button" href={urlOf("api/backup")} download>
          <Icon name="download" />
          {t(texts.backupDownload)}
        </a>
        <span class="small" role="status">
          {isMade && t(texts.backupMade)}
        </span>
      </div>
      {backups.length === 0 ? (
        <p class="muted">{t(texts.backupNone)}</p>
      ) : (
        <List backups={backups} onRestore={onRestore} />
      )}
      <p class="small muted setting-source">
        {t(texts.backupKept)} {directory}
      </p>
    </Card>
  );
}

function List({
  backups,
  onRestore,
}: {
  readonly backups: readonly Backup[];
  readonly onRestore: (file: string) => void;
}) {
  const spoken = language.value;
  const made = ({ madeAt }: Backup): string => capitalised(moment(instantOf(madeAt), now.value, spoken));
  return (
    <DataTable<Backup>
      caption={t(texts.backups)}
      rows={backups}
      rowKey={({ file }) => file}
      columns={[
        { key: "made", head: t(texts.madeAt), cell: made },
        { key: "kind", head: t(texts.why), cell: ({ kind }) => t(kinds[kind]) },
        { key: "size", head: t(texts.sizeHead), isNumber: true, cell: ({ bytes }) => size(bytes, spoken) },
        {
          key: "actions",
          head: t(texts.actions),
          cell: (backup) => (
            <span class="row">
              <a
                class="link-button"
                href={urlOf("api/backup", { file: backup.file })}
                download
                aria-label={`${t(texts.download)} : ${made(backup)}`}
              >
                {t(texts.download)}
              </a>
              <button
                type="button"
                class="link-button"
                aria-label={`${t(texts.restore)} : ${made(backup)}`}
                onClick={() => onRestore(backup.file)}
              >
                {t(texts.restore)}
              </button>
            </span>
          ),
        },
      ]}
    />
  );
}
