import "./segmented.css";
import { useId } from "preact/hooks";

export interface SegmentedProps<Name extends string> {
  /** What is chosen, for those who listen. */
  readonly label: string;
  readonly options: readonly { readonly value: Name; readonly label: string }[];
  readonly value: Name;
  readonly onChange: (value: Name) => void;
}

/** One of a few, all in sight. Radio buttons underneath: the arrow keys move the choice. */
export function Segmented<Name extends string>({ label, options, value, onChange }: SegmentedProps<Name>) {
  const name = useId();
  return (
    <fieldset class="segmented">
      <legend class="hidden-text">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
