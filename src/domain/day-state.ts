/**
 * How far a day is known, for whoever looks after the history:
 *
 * | state | a day |
 * |---|---|
 * | complete | whose curve covers it and agrees with its official value, or has none |
 * | corrected | as above, of which the source has changed a value since |
 * | disagreeing | whose curve and official value contradict each other; the curve counts |
 * | estimated | whose missing part is inferred from its official value |
 * | typed | whose missing part is inferred from a value typed by hand |
 * | partial | of which hours are missing, and nothing tells the rest |
 * | missing | that was asked for, and is not there |
 * | pending | so recent that it need not be published yet |
 * | not_asked | that was never asked for yet |
 * | before_first_day | before the first day that the source gives |
 */
export const dayStates = [
  "complete",
  "corrected",
  "disagreeing",
  "estimated",
  "typed",
  "partial",
  "missing",
  "pending",
  "not_asked",
  "before_first_day",
] as const;
export type DayState = (typeof dayStates)[number];
