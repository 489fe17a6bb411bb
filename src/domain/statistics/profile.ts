/**
 * The months (`YYYY-MM`) whose complete days tell the usual profile by which the days of `month` without any slot are
 * spread, in the order in which they are tried: the one before, the same a year later and a year earlier, the one after.
 *
 * The order is fixed and `month` is not among them, so that the estimate depends on what is known and not on when it
 * became known: history arrives newest first, in pieces, on several instances, and all must come to the same hours. Were
 * the month itself asked, each of its days that arrives would shift the estimates of the others.
 *
 * @throws RangeError unless `month` is a month.
 */
export function profileMonths(month: string): readonly string[] {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new RangeError(`Not a month (YYYY-MM): "${month}"`);
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  return [-1, 12, -12, 1].map((distance) => monthNumbered(number + distance));
}

/**
 * Where none of these tells any habits: all other months within three years, nearest first, the earlier of two as near.
 * A winter's habits for a summer's day are nearer to the truth than none, and the day's energy is exact either way.
 */
export function otherProfileMonths(month: string): readonly string[] {
  const near = new Set(profileMonths(month));
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const distances = Array.from({ length: 36 }, (_, position) => position + 1).flatMap((far) => [-far, far]);
  return distances.map((distance) => monthNumbered(number + distance)).filter((other) => !near.has(other));
}

const monthNumbered = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
