import type { ContributionsAnswer } from "../../../server/api/contribution.ts";
import { capitalised, instantOf, moment } from "../../format.ts";
import { now } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { language, t } from "../../language.ts";
import { texts } from "./texts.ts";

type Contribution = ContributionsAnswer["contributions"][number];

const states = { sent: texts.stateSent, refused: texts.stateRefused, failed: texts.stateFailed } as const;

/** What was proposed, and what became of it. */
export const SentCard = ({ contributions }: { readonly contributions: readonly Contribution[] }) => (
  <Card title={t(texts.sent)}>
    {contributions.length === 0 ? (
      <p class="muted">{t(texts.sentNone)}</p>
    ) : (
      <DataTable<Contribution>
        caption={t(texts.sent)}
        rows={contributions}
        rowKey={({ id }) => String(id)}
        columns={[
          { key: "offer", head: t(texts.offerName), cell: ({ offerName }) => offerName },
          {
            key: "at",
            head: t(texts.sentAt),
            cell: ({ sentAt }) => capitalised(moment(instantOf(sentAt), now.value, language.value)),
          },
          { key: "state", head: t(texts.state), cell: ({ state }) => t(states[state]) },
          { key: "message", head: t(texts.message), cell: ({ message }) => message },
        ]}
      />
    )}
  </Card>
);
