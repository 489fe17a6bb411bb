import "./field.css";
import { type ComponentChildren, h } from "preact";
import { useId } from "preact/hooks";
import { Named } from "./named.tsx";

interface FieldProps<Value> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** What it does, its unit, its usual value. */
  readonly hint?: string | undefined;
  /** What is wrong and what is expected instead. */
  readonly error?: string | undefined;
  readonly isDisabled?: boolean;
}

export interface TextFieldProps extends FieldProps<string> {
  readonly type?: "text" | "password" | "url" | "email" | "date" | "month" | "number";
  readonly autocomplete?: string;
  readonly placeholder?: string;
  readonly inputMode?: "decimal" | "numeric" | "text" | "url";
  readonly isRequired?: boolean;
  readonly unit?: string;
}

/** What ties a control to its hint and its error. */
const describedBy = (id: string, hint?: string, error?: string): string =>
  [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`].filter(Boolean).join(" ");

export function TextField({ label, value, onChange, hint, error, isDisabled = false, ...more }: TextFieldProps) {
  const id = useId();
  const { type = "text", autocomplete = "off", placeholder, inputMode, isRequired = false, unit } = more;
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <div class="field-line">
        {/* Not as a tag: there its type would have to be known when this is written. */}
        {h("input", {
          id,
          class: "input",
          type,
          value,
          autocomplete,
          disabled: isDisabled,
          required: isRequired,
          "aria-invalid": error !== undefined,
          "aria-describedby": describedBy(id, hint, error),
          onInput: ({ currentTarget }) => onChange(currentTarget.value),
          ...(placeholder === undefined ? {} : { placeholder }),
          ...(inputMode === undefined ? {} : { inputMode }),
        })}
        {unit !== undefined && <span class="muted">{unit}</span>}
      </div>
    </Field>
  );
}

export interface SelectFieldProps<Name extends string> extends FieldProps<Name> {
  readonly options: readonly { readonly value: Name; readonly label: string }[];
}

export function SelectField<Name extends string>(props: SelectFieldProps<Name>) {
  const { label, value, onChange, hint, error, isDisabled = false, options } = props;
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <select
        id={id}
        class="input"
        value={value}
        disabled={isDisabled}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(id, hint, error)}
        onChange={({ currentTarget }) => {
          const chosen = options.find((option) => option.value === currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function CheckField({ label, value, onChange, hint, error, isDisabled = false }: FieldProps<boolean>) {
  const id = useId();
  return (
    <div class="field">
      <label class="check-field">
        <input
          type="checkbox"
          checked={value}
          disabled={isDisabled}
          aria-describedby={describedBy(id, hint, error)}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      <Remarks id={id} hint={hint} error={error} />
    </div>
  );
}

interface FrameProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly error: string | undefined;
  readonly children: ComponentChildren;
}

/** Label, control, hint and error, for controls of one's own too. */
export const Field = ({ id, label, hint, error, children }: FrameProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    {children}
    <Remarks id={id} hint={hint} error={error} />
  </div>
);

const Remarks = ({ id, hint, error }: Pick<FrameProps, "id" | "hint" | "error">) => (
  <>
    {hint !== undefined && (
      <p id={`${id}-hint`} class="small muted">
        <Named text={hint} />
      </p>
    )}
    {error !== undefined && (
      <p id={`${id}-error`} class="field-error small" role="alert">
        <Named text={error} />
      </p>
    )}
  </>
);
