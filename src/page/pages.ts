import type { ComponentType } from "preact";
import type { Text } from "../shared/language.ts";
import type { IconName } from "./kit/icon.tsx";

export interface PageEntry {
  /** In the address: `#/consommation`. Never changes, because people link to it. */
  readonly name: string;
  readonly title: Text;
  readonly icon: IconName;
  /** `bar`: always in sight. `more`: under « Plus » on a phone, in the rail elsewhere. `none`: only gone to. */
  readonly place: "bar" | "more" | "none";
  /** Whether what is shown is one meter's, by the part that the address names; absent: it is. */
  readonly isOfMeter?: (part: string | undefined) => boolean;
  /** Each page is a chunk of its own. */
  load(): Promise<{ readonly default: ComponentType }>;
}

/** Every page, in the order of the navigation. The first is the one an empty address shows. */
export const pages: readonly PageEntry[] = [
  {
    name: "accueil",
    title: { fr: "Accueil", en: "Home" },
    icon: "home",
    place: "bar",
    load: () => import("./pages/accueil/page.tsx"),
  },
  {
    name: "consommation",
    title: { fr: "Consommation", en: "Consumption" },
    icon: "bolt",
    place: "bar",
    load: () => import("./pages/consommation/page.tsx"),
  },
  {
    name: "couts",
    title: { fr: "Coûts", en: "Costs" },
    icon: "euro",
    place: "bar",
    load: () => import("./pages/couts/page.tsx"),
  },
  {
    name: "tempo",
    title: { fr: "Tempo", en: "Tempo" },
    icon: "calendar",
    place: "bar",
    load: () => import("./pages/tempo/page.tsx"),
  },
  {
    name: "production",
    title: { fr: "Production", en: "Production" },
    icon: "sun",
    place: "more",
    load: () => import("./pages/production/page.tsx"),
  },
  {
    name: "bilan",
    title: { fr: "Bilan", en: "Balance" },
    icon: "scales",
    place: "more",
    load: () => import("./pages/bilan/page.tsx"),
  },
  {
    name: "ecowatt",
    title: { fr: "EcoWatt", en: "EcoWatt" },
    icon: "leaf",
    place: "more",
    isOfMeter: () => false,
    load: () => import("./pages/ecowatt/page.tsx"),
  },
  {
    name: "qualite",
    title: { fr: "Qualité des données", en: "Data quality" },
    icon: "check",
    place: "more",
    load: () => import("./pages/qualite/page.tsx"),
  },
  {
    name: "exporter",
    title: { fr: "Exporter", en: "Export" },
    icon: "download",
    place: "more",
    isOfMeter: (part) => part === "fichiers",
    load: () => import("./pages/exporter/page.tsx"),
  },
  {
    name: "contribuer",
    title: { fr: "Contribuer", en: "Contribute" },
    icon: "people",
    place: "more",
    load: () => import("./pages/contribuer/page.tsx"),
  },
  {
    name: "reglages",
    title: { fr: "Réglages", en: "Settings" },
    icon: "gear",
    place: "more",
    isOfMeter: () => false,
    load: () => import("./pages/reglages/page.tsx"),
  },
  {
    name: "premier-pas",
    title: { fr: "Premiers pas", en: "First steps" },
    icon: "home",
    place: "none",
    load: () => import("./pages/premier-pas/page.tsx"),
  },
  {
    name: "connexion",
    title: { fr: "Connexion", en: "Sign in" },
    icon: "gear",
    place: "none",
    load: () => import("./pages/connexion/page.tsx"),
  },
  {
    name: "plus",
    title: { fr: "Plus", en: "More" },
    icon: "more",
    place: "none",
    load: () => import("./pages/plus/page.tsx"),
  },
];
