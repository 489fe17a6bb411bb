/** What a core of one version accepts and shows. Rules of its statistics changed twice within a year. */
export interface Rules {
  readonly version: string;
  /**
   * `mean_type` and `unit_class` of an import:
   * - `refused` before 2025.11: unknown keys; `has_mean` is required.
   * - `filled_in` until 2026.10: guessed where missing, with a warning; `has_mean` is deprecated.
   * - `required` since 2026.11: and `has_mean` is an unknown key, in what is sent as in what is shown.
   */
  readonly newKeys: "refused" | "filled_in" | "required";
  /** Whether an external statistic may have a price instead of a cost statistic: until 2026.4. */
  readonly allowsExternalPrices: boolean;
}

/** @throws RangeError unless `version` reads like `2026.11.1`. */
export function rulesOf(version: string): Rules {
  const match = /^(\d{4})\.(\d{1,2})\./.exec(version);
  if (!match) throw new RangeError(`A version of Home Assistant reads like 2026.11.1, got "${version}"`);
  const months = Number(match[1]) * 12 + Number(match[2]);
  return {
    version,
    newKeys: months < since(2025, 11) ? "refused" : months < since(2026, 11) ? "filled_in" : "required",
    allowsExternalPrices: months < since(2026, 5),
  };
}

const since = (year: number, month: number): number => year * 12 + month;
