import "./page.css";
import { reachOf } from "../../home.ts";
import { EmptyState } from "../../kit/empty-state.tsx";
import { t } from "../../language.ts";
import { address } from "../../navigation.ts";
import type { Reach } from "../../period.ts";
import { BillPart } from "./bill-part.tsx";
import { ComparePart } from "./compare-part.tsx";
import { ContractPart } from "./contract-part.tsx";
import { CostPart } from "./cost-part.tsx";
import { HourPart } from "./hour-part.tsx";
import { type PartName, Parts, partIn } from "./parts.tsx";
import { texts } from "./texts.ts";

/** What it cost, why, what it would have cost otherwise, and the contract that all of it rests on. */
export default function Page() {
  const part = partIn(address.value.params.partie);
  const reach = reachOf("consumption");
  return (
    <div class="stack">
      <Parts shown={part} />
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

function Known({ part, reach }: { readonly part: Exclude<PartName, "contrat">; readonly reach: Reach }) {
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
