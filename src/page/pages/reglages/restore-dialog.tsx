import { useState } from "preact/hooks";
import type { RestorePreviewAnswer } from "../../../server/api/backup.ts";
import { ask } from "../../api/client.ts";
import { afterRestart } from "../../connection/restart.ts";
import { instantOf, moment, whole } from "../../format.ts";
import { now } from "../../home.ts";
import { Confirm } from "../../kit/dialog.tsx";
import { Facts } from "../../kit/facts.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { type Doing, useDoing } from "../../kit/use-doing.ts";
import { language, t } from "../../language.ts";
import { texts } from "./texts.ts";

export interface Restore {
  readonly preview: RestorePreviewAnswer | null;
  readonly staging: Doing;
  readonly confirming: Doing;
  readonly isRestored: boolean;
  /** Checks a backup of the list, or one that is sent; nothing is replaced. */
  stage(source: { readonly file: string } | { readonly content: File }): Promise<void>;
  /** Replaces everything by what was previewed. */
  confirm(): Promise<void>;
  close(): void;
}

/** A restore in its two steps: a preview, and the consent to it. */
export function useRestore(): Restore {
  const [preview, setPreview] = useState<RestorePreviewAnswer | null>(null);
  const [isRestored, setRestored] = useState(false);
  const staging = useDoing();
  const confirming = useDoing();
  return {
    preview,
    staging,
    confirming,
    isRestored,
    stage: async (source) => {
      setRestored(false);
      await staging.run(async () => {
        const sent =
          "file" in source
            ? { query: { file: source.file } }
            : { query: { name: source.content.name }, file: source.content };
        setPreview(await ask<RestorePreviewAnswer>("api/restore/preview", { method: "POST", ...sent }));
      });
    },
    confirm: async () => {
      if (preview === null) return;
      const isTaken = await confirming.run(async () => {
        await ask("api/restore", { method: "POST", body: { id: preview.id, confirm: true } });
        await afterRestart();
      });
      if (!isTaken) return;
      setPreview(null);
      setRestored(true);
    },
    close: () => {
      setPreview(null);
      confirming.forget();
    },
  };
}

/** What a backup would put in the place of what is here. */
export function RestoreDialog({ restore }: { readonly restore: Restore }) {
  const { preview, staging, confirming } = restore;
  return (
    <>
      {staging.failure && <FailureLine failure={staging.failure} />}
      <Confirm
        title={t(texts.restoreTitle)}
        isOpen={preview !== null}
        onClose={restore.close}
        confirmLabel={t(texts.restoreConfirm)}
        isDangerous
        isBusy={confirming.isBusy}
        onConfirm={() => void restore.confirm()}
      >
        {preview && <Preview preview={preview} />}
        {confirming.failure && <FailureLine failure={confirming.failure} />}
      </Confirm>
    </>
  );
}

function Preview({ preview }: { readonly preview: RestorePreviewAnswer }) {
  const spoken = language.value;
  const { dump, here } = preview;
  return (
    <>
      <p>{t(preview)}</p>
      <Facts
        facts={[
          { name: t(texts.restoreMadeAt), value: moment(instantOf(dump.madeAt), now.value, spoken) },
          { name: t(texts.restoreRows), value: whole(dump.rows, spoken) },
          { name: t(texts.restoreRowsHere), value: whole(here.rows, spoken) },
        ]}
      />
    </>
  );
}
