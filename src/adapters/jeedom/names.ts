const longestName = 127;
/** Room for what makes a name different from others. */
const longestStem = 120;

/** A name without what Jeedom would take out of it: `& # [ ] % \ / ' " *`, tags and repeated blanks. */
export const cleanName = (name: string): string =>
  name
    .replaceAll("'", "’")
    .replaceAll(/[&#[\]%\\/"*]/g, "")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, longestName)
    .trim();

/** `name`, or with a number behind it where the equipment has such a command already: names are unique there. */
export function freeName(name: string, taken: readonly string[]): string {
  const clean = cleanName(name);
  const isFree = (candidate: string): boolean => !taken.some((one) => folded(one) === folded(candidate));
  let candidate = clean;
  for (let count = 2; !isFree(candidate); count++) candidate = `${clean.slice(0, longestStem)} ${count}`;
  return candidate;
}

/** MySQL takes names for one that differ in case or accents only. */
const folded = (name: string): string =>
  name
    .normalize("NFD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase();
