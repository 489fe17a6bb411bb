import type { Setting } from "../server/api/settings.ts";
import type { Language, Text } from "../shared/language.ts";

type Named = Pick<Setting, "key" | "name">;

/** Words of others that are spelled as options are: of the account's page at MyElectricalData, and of Home Assistant. */
const foreign = ["client_id", "client_secret", "state_class"];

/** What the page has a place of its own for. */
const places: Readonly<Record<string, Text>> = {
  tariff_plans: { fr: "votre contrat (page Coûts)", en: "your contract (Costs page)" },
};

const keyLike = /\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/g;

/** Whether a sentence may name an option by its key. */
export const mayNameOption = (text: string): boolean =>
  (text.match(keyLike) ?? []).some((word) => !foreign.includes(word));

/**
 * A sentence that names options by their keys, as configuration files and the log know them, by their labels on this
 * page: `Corrigez mqtt_broker.` becomes `Corrigez « Serveur MQTT ».`
 */
export function withOptionNames(text: string, options: readonly Named[], language: Language): string {
  const labels = new Map(options.map(({ key, name }) => [key, name[language]]));
  return text
    .replace(/ \((?:page des réglages|settings page)\)(?= ?:)/g, "")
    .replace(/(?:l'option|the option) (?=tariff_plans\b)/g, "")
    .replace(keyLike, (word) => {
      const label = labels.get(word);
      if (label === undefined || foreign.includes(word)) return word;
      return places[word]?.[language] ?? (language === "fr" ? `« ${label} »` : `“${label}”`);
    });
}
