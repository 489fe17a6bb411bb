import type { Text } from "../../shared/language.ts";
import { type Kind, wholeNumber } from "../kinds.ts";
import { type Option, option } from "../option.ts";

export const none = { fr: "aucun", en: "none" };

/** Minutes, from one to a week. */
const interval = { from: 1, to: 10_080 };

const usualInterval = {
  fallback: 60,
  advice: {
    fr: "60 suffit : Enedis publie une fois par jour.",
    en: "60 is enough: Enedis publishes once a day.",
  },
};

/** How often a destination is brought what is new. */
export const intervalOption = (
  variable: string,
  { fallback, advice }: { readonly fallback: number; readonly advice: Text } = usualInterval,
): Option<number> =>
  option<number>({
    env: [variable],
    kind: wholeNumber(interval),
    fallback,
    manifestType: `int(${interval.from},${interval.to})?`,
    name: { fr: "Intervalle (minutes)", en: "Interval (minutes)" },
    meaning: {
      fr: "Minutes entre deux exports ; seul ce qui a changé est envoyé.",
      en: "Minutes between two exports; only what changed is sent.",
    },
    advice,
  });

/** What a destination is brought. */
export const exportDataOption = <T extends string>(
  variable: string,
  kind: Kind<readonly T[]>,
  allowed: readonly T[],
): Option<readonly T[]> =>
  option<readonly T[]>({
    env: [variable],
    kind,
    fallback: allowed,
    fallbackText: { fr: "tout", en: "all" },
    allowed,
    manifestType: "str?",
    name: { fr: "Données exportées", en: "Exported data" },
    meaning: {
      fr: `Données à exporter, séparées par des virgules : ${allowed.join(", ")}.`,
      en: `Data to export, separated by commas: ${allowed.join(", ")}.`,
    },
    advice: {
      fr: "Ce qui n'est pas nommé n'est pas exporté ; ce qui l'a déjà été reste.",
      en: "What is not named is not exported; what already was stays.",
    },
  });
