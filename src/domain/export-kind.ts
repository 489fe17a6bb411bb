/** What a destination may be brought, as users name it in `{DESTINATION}_EXPORT_DATA`. */
export const exportKinds = [
  "consumption_daily",
  "consumption_monthly",
  "consumption_detail",
  "production_daily",
  "production_monthly",
  "production_detail",
  "cost_daily",
  "max_power",
  "tempo",
  "ecowatt",
] as const;
export type ExportKind = (typeof exportKinds)[number];
