/** Why a day cannot be asked for, or no value be typed for it. Codes never change. */
export const manualRefusalCodes = [
  "not_over",
  "too_old",
  "before_activation",
  "not_published",
  "nothing_vouches",
  "not_measured",
  "not_listed",
  "refused_by_gateway",
  "no_credentials",
  "too_many",
  "known",
  "complete",
  "less_than_slots",
  "nothing_typed",
] as const;
export type ManualRefusalCode = (typeof manualRefusalCodes)[number];
