import type { LocalDate } from "../../../domain/units.ts";
import { dayShort } from "../../format.ts";
import { nameOf, usagePoints } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { CheckField } from "../../kit/field.tsx";
import { language, t } from "../../language.ts";
import { texts } from "./texts.ts";
import {
  type FlowReview,
  flowNames,
  isReplaceable,
  lossSentence,
  neighbourSentence,
  type Proposal,
  proposalStates,
  roleName,
} from "./words.ts";

export interface FlowCardProps {
  readonly review: FlowReview;
  readonly replaced: readonly string[];
  readonly onReplace: (statisticId: string, isOn: boolean) => void;
}

/** One flow of one meter: what is proposed, and what stands beside it in the dashboard. */
export function FlowCard({ review, replaced, onReplace }: FlowCardProps) {
  const spoken = language.value;
  const { usagePoint, flow, proposals, neighbours } = review;
  const point = (usagePoints.value ?? []).find(({ id }) => id === usagePoint) ?? { id: usagePoint, name: null };
  const title = `${t(flowNames[flow])}, ${nameOf(point)}`;
  return (
    <Card title={title}>
      <DataTable<Proposal>
        caption={title}
        rows={proposals}
        rowKey={({ statisticId }) => statisticId}
        columns={[
          {
            key: "period",
            head: t(texts.period),
            cell: ({ role, statisticId }) => <span title={statisticId}>{t(roleName(role))}</span>,
          },
          { key: "state", head: t(texts.state), cell: ({ state }) => t(proposalStates[state]) },
          { key: "from", head: t(texts.historySince), cell: ({ from }) => dayShort(from as LocalDate, spoken) },
          {
            key: "cost",
            head: t(texts.cost),
            cell: ({ source }) =>
              t((source.stat_cost ?? source.stat_compensation) === null ? texts.withoutCost : texts.withCost),
          },
        ]}
      />
      {neighbours.length > 0 && <h3>{t(texts.others)}</h3>}
      {neighbours.map((neighbour) => {
        const { statisticId } = neighbour;
        const loss = lossSentence(neighbour, proposals, spoken);
        return (
          <div key={statisticId} class="export-source">
            <p class="strong export-id">{statisticId}</p>
            <p>{neighbourSentence(neighbour, spoken)}</p>
            {loss !== null && <p class="small muted">{loss}</p>}
            {isReplaceable(neighbour) && (
              <CheckField
                label={t(texts.replaceBy)}
                value={replaced.includes(statisticId)}
                onChange={(isOn) => onReplace(statisticId, isOn)}
              />
            )}
          </div>
        );
      })}
    </Card>
  );
}
