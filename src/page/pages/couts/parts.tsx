import { t } from "../../language.ts";
import { address, hrefOf } from "../../navigation.ts";
import { texts } from "./texts.ts";

/** The parts of the page, as the address names them. */
export const partNames = ["couts", "facture", "heure", "comparer", "contrat"] as const;
export type PartName = (typeof partNames)[number];

const titles = {
  couts: texts.costs,
  facture: texts.bill,
  heure: texts.hour,
  comparer: texts.compare,
  contrat: texts.contract,
} as const;

export const partIn = (asked: string | undefined): PartName => partNames.find((name) => name === asked) ?? "couts";

/** The way between the parts. The month or year shown goes along where both show one. */
export function Parts({ shown }: { readonly shown: PartName }) {
  const { vue, date } = address.value.params;
  const span = vue === "mois" || vue === "annee" ? { vue, ...(date === undefined ? {} : { date }) } : {};
  return (
    <nav class="cost-parts" aria-label={t(texts.parts)}>
      {partNames.map((name) => (
        <a
          key={name}
          href={hrefOf("couts", {
            ...(name === "couts" ? {} : { partie: name }),
            ...(name === "couts" || name === "facture" ? span : {}),
          })}
          aria-current={name === shown ? "page" : undefined}
        >
          {t(titles[name])}
        </a>
      ))}
    </nav>
  );
}
