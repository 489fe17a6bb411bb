import "./progress.css";
import { useId } from "preact/hooks";

export interface ProgressProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** What remains: `encore 12 appels, environ 3 jours`. */
  readonly note?: string;
}

export function Progress({ label, value, max, note }: ProgressProps) {
  const id = useId();
  return (
    <div class="progress">
      <p id={id}>{label}</p>
      <progress aria-labelledby={id} value={Math.min(value, max)} max={Math.max(max, 1)} />
      {note !== undefined && <p class="small muted">{note}</p>}
    </div>
  );
}
