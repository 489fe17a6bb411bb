import { useState } from "preact/hooks";
import { ask, failureFrom } from "../../api/client.ts";
import type { Failure } from "../../api/failure.ts";
import { refreshAll } from "../../api/resource.ts";
import { Confirm } from "../../kit/dialog.tsx";
import { TextField } from "../../kit/field.tsx";
import { FailureLine } from "../../kit/problem.tsx";
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
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async (): Promise<void> => {
    const valueWh = wattHoursOf(value);
    setWrong(valueWh === null);
    if (valueWh === null) return;
    try {
      await ask(path, { method: "PUT", body: { flow, valueWh, confirm: true } });
      setOpen(false);
      await refreshAll();
    } catch (error) {
      setFailure(failureFrom(error));
    }
  };
  return (
    <>
      <button type="button" class="button" onClick={() => setOpen(true)}>
        {t(texts.type)}
      </button>
      <Confirm
        title={t(texts.typeTitle)}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        confirmLabel={t(texts.save)}
        onConfirm={() => void save()}
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
        {failure && <FailureLine failure={failure} />}
      </Confirm>
    </>
  );
}
