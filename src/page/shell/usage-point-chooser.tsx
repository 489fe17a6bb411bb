import { nameOf, usagePoint, usagePoints } from "../home.ts";
import { t } from "../language.ts";
import { change } from "../navigation.ts";
import { texts } from "./texts.ts";

/** Whose values all pages show; nothing where there is only one. */
export function UsagePointChooser() {
  const known = usagePoints.value ?? [];
  if (known.length < 2) return null;
  return (
    <label class="usage-point row">
      <span class="small muted">{t(texts.usagePoint)}</span>
      <select
        class="input"
        value={usagePoint.value?.id ?? ""}
        onChange={({ currentTarget }) => change({ pdl: currentTarget.value })}
      >
        {known.map((point) => (
          <option key={point.id} value={point.id}>
            {nameOf(point)}
          </option>
        ))}
      </select>
    </label>
  );
}
