import "./page.css";
import { reachOf } from "../../home.ts";
import { EmptyState } from "../../kit/empty-state.tsx";
import { Sections, type SectionsProps, sectionOf } from "../../kit/sections.tsx";
import { t } from "../../language.ts";
import type { Reach } from "../../period.ts";
import { BillPart } from "./bill-part.tsx";
import { ComparePart } from "./compare-part.tsx";
import { ContractPart } from "./contract-part.tsx";
import { CostPart } from "./cost-part.tsx";
import { HourPart } from "./hour-part.tsx";
import { texts } from "./texts.ts";

type Part = "couts" | "facture" | "heure" | "comparer" | "contrat";

/** What it cost, why, what it would have cost otherwise, and the contract that all of it rests on. */
export default function Page() {
  const options: SectionsProps<Part>["options"] = [
    { value: "couts", label: t(texts.costs) },
    { value: "facture", label: t(texts.bill) },
    { value: "heure", label: t(texts.hour) },
    { value: "comparer", label: t(texts.compare) },
    { value: "contrat", label: t(texts.contract) },
  ];
  const part = sectionOf(options);
  const reach = reachOf("consumption");
  return (
    <div class="stack">
      <Sections label={t(texts.parts)} options={options} />
      {part === "contrat" ? (
        <ContractPart />
      ) : reach === null ? (
        <EmptyState title={t(texts.none)} text={t(texts.noneMore)} />
      ) : (
        <Known part={part} reach={reach} />
      )}
    </div>
  );
}

function Known({ part, reach }: { readonly part: Exclude<Part, "contrat">; readonly reach: Reach }) {
  switch (part) {
    case "couts":
      return <CostPart reach={reach} />;
    case "facture":
      return <BillPart reach={reach} />;
    case "heure":
      return <HourPart reach={reach} />;
    case "comparer":
      return <ComparePart reach={reach} />;
  }
}
