const longestName = 127;

/** The name as the core keeps it (`cleanComponanteName`): without `& # [ ] % \ / ' " *`, tags and repeated blanks. */
export const cleanName = (name: string): string =>
  name
    .replaceAll(/[&#[\]%\\/'"*]/g, "")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ")
    .slice(0, longestName)
    .trim();

/** Whether MySQL's collation takes two names for one: neither case nor accents count. */
export const isSameName = (one: string, other: string): boolean => folded(one) === folded(other);

const folded = (name: string): string =>
  name
    .normalize("NFD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase();
