import { useState } from "preact/hooks";
import { ask } from "../../api/client.ts";
import { refreshAll } from "../../api/resource.ts";
import { Confirm } from "../../kit/dialog.tsx";
import { TextField } from "../../kit/field.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { t } from "../../language.ts";
import { texts } from "./texts.ts";
import { wattHoursOf } from "./words.ts";

interface TypeValueProps {
  /** Of the day. */
  readonly path: string;
  readonly flow: "consumption" | "production";
}

/** The energy of a day that no source gives, as its owner read it elsewhere. */
export function TypeValue({ path, flow }: TypeValueProps) {
  const [isOpen, setOpen] = useState(false);
  const [value, setValue] = useState("");
  const [isWrong, setWrong] = useState(false);
  const saving = useDoing();
  const save = async (): Promise<void> => {
    const valueWh = wattHoursOf(value);
    setWrong(valueWh === null);
    if (valueWh === null) return;
    const isSaved = await saving.run(() => ask(path, { method: "PUT", body: { flow, valueWh, confirm: true } }));
    if (!isSaved) return;
    setOpen(false);
    setValue("");
    await refreshAll();
  };
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() => {
          saving.forget();
          setOpen(true);
        }}
      >
        {t(texts.type)}
      </button>
      <Confirm
        title={t(texts.typeTitle)}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        confirmLabel={t(texts.save)}
        onConfirm={() => void save()}
        isBusy={saving.isBusy}
      >
        <TextField
          label={t(texts.typeLabel)}
          value={value}
          onChange={(next) => {
            setValue(next);
            setWrong(false);
          }}
          unit="kWh"
          inputMode="decimal"
          hint={t(texts.typeHint)}
          error={isWrong ? t(texts.typeWrong) : undefined}
        />
        {saving.failure && <FailureLine failure={saving.failure} />}
      </Confirm>
    </>
  );
}
