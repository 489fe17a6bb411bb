import "./page.css";
import { Sections, sectionOf } from "../../kit/sections.tsx";
import { t } from "../../language.ts";
import { Adoption } from "./adoption-part.tsx";
import { Destinations } from "./destinations-part.tsx";
import { EnergyDashboard } from "./energy-part.tsx";
import { Files } from "./files-part.tsx";
import { texts } from "./texts.ts";

const parts = {
  destinations: Destinations,
  energie: EnergyDashboard,
  historique: Adoption,
  fichiers: Files,
} as const;

/** Where the readings go: destinations, the Energy Dashboard, the history of a former tool, files. */
export default function Page() {
  const options = [
    { value: "destinations", label: t(texts.destinations) },
    { value: "energie", label: t(texts.energy) },
    { value: "historique", label: t(texts.history) },
    { value: "fichiers", label: t(texts.files) },
  ] as const;
  const section = sectionOf<keyof typeof parts>(options);
  const Part = parts[section];
  return (
    <div class="stack export-page">
      <Sections label={t(texts.parts)} options={options} />
      <Part key={section} />
    </div>
  );
}
