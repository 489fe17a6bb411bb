import type { Text } from "../../shared/language.ts";

/** Where a problem is dealt with. */
export interface ProblemAction {
  readonly label: Text;
  readonly page: string;
  readonly params?: Readonly<Record<string, string>>;
}

const settings: ProblemAction = { label: { fr: "Ouvrir les réglages", en: "Open the settings" }, page: "reglages" };
const days: ProblemAction = { label: { fr: "Voir les jours", en: "See the days" }, page: "qualite" };
const destinations: ProblemAction = {
  label: { fr: "Voir les destinations", en: "See the destinations" },
  page: "exporter",
};
const contract: ProblemAction = {
  label: { fr: "Compléter mon contrat", en: "Complete my contract" },
  page: "couts",
  params: { partie: "contrat" },
};

const byCode: Readonly<Record<string, ProblemAction>> = {
  credentials: settings,
  gateway_unreachable: settings,
  unknown_usage_point: settings,
  data_late: days,
  no_load_curve: days,
  foreign_writer: destinations,
  leftover: destinations,
  unknown_plan: contract,
  unknown_windows: contract,
  unused_prices: contract,
  suspicious_price: contract,
};

/** The one thing that can be done here about a problem; null where its sentence sends elsewhere, or where waiting helps. */
export const actionFor = (code: string): ProblemAction | null =>
  byCode[code] ?? (code.startsWith("home_assistant_") ? destinations : null);
