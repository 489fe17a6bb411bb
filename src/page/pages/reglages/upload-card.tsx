import { useId, useState } from "preact/hooks";
import { Card } from "../../kit/card.tsx";
import { Field } from "../../kit/field.tsx";
import { t } from "../../language.ts";
import type { Restore } from "./restore-dialog.tsx";
import { texts } from "./texts.ts";

/** A backup that was kept elsewhere. */
export function UploadCard({ restore }: { readonly restore: Restore }) {
  const id = useId();
  const [content, setContent] = useState<File | null>(null);
  const { isBusy } = restore.staging;
  return (
    <Card title={t(texts.restoreUpload)}>
      <Field id={id} label={t(texts.restoreFile)} hint={t(texts.restoreHint)} error={undefined}>
        <input
          id={id}
          class="input"
          type="file"
          aria-describedby={`${id}-hint`}
          onChange={({ currentTarget }) => setContent(currentTarget.files?.[0] ?? null)}
        />
      </Field>
      <div>
        <button
          type="button"
          class="button"
          disabled={content === null || isBusy}
          onClick={() => content && void restore.stage({ content })}
        >
          {t(isBusy ? texts.restoreChecking : texts.restoreCheck)}
        </button>
      </div>
    </Card>
  );
}
