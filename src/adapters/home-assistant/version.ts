/**
 * Whether `version` is older than `minimum`; false when it cannot be read, as of a build of somebody's own. Parts after the
 * third do not count: the beta and development builds of a release (`2025.11.0b3`, `2026.4.0.dev0`) know what it knows.
 */
export function isOlder(version: string, minimum: string): boolean {
  const [own, least] = [numbersOf(version), numbersOf(minimum)];
  if (own === null || least === null) return false;
  const position = own.findIndex((number, at) => number !== least[at]);
  return position >= 0 && (own[position] ?? 0) < (least[position] ?? 0);
}

function numbersOf(version: string): readonly number[] | null {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version.trim());
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : null;
}
