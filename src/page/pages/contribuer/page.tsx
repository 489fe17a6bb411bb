import "./page.css";
import type { ContributionsAnswer } from "../../../server/api/contribution.ts";
import type { OffersAnswer } from "../../../server/api/plans.ts";
import type { SyncState } from "../../../server/api/sync.ts";
import { useApi } from "../../api/resource.ts";
import { counted } from "../../format.ts";
import { usagePoint } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { OfferEditor } from "./offer-editor.tsx";
import { SentCard } from "./sent-card.tsx";
import { texts } from "./texts.ts";

/** Proposing an offer's prices to all users of the gateway, and what became of it. */
export default function Page() {
  const sync = useApi<SyncState>("api/sync");
  const sent = useApi<ContributionsAnswer>("api/contributions");
  const point = usagePoint.value;
  const offers = useApi<OffersAnswer>(point === null ? null : `api/offers/${point.id}`);
  const isReady = sync.data !== null && !offers.isLoading;
  return (
    <div class="stack">
      <Answer sentence={t(texts.headline)} figures={sent.data === null ? [] : [countOf(sent.data)]}>
        {t(texts.whatFor)}
      </Answer>
      {sync.data?.canRequest === false && (
        <Problem
          tone="note"
          text={t(texts.noAccount)}
          action={{ label: t(texts.toSettings), href: hrefOf("reglages", { partie: "compteurs" }) }}
        />
      )}
      {sync.failure && <FailureLine failure={sync.failure} onRetry={() => void sync.reload()} />}
      {!isReady && !sync.failure && <Skeleton lines={8} label={t(texts.loading)} />}
      {isReady && sync.data?.canRequest && (
        <OfferEditor
          key={point?.id}
          offers={offers.data?.offers ?? []}
          plan={point?.plan?.kind ?? "BASE"}
          power={offers.data?.powerKva ?? null}
          onSent={() => void sent.reload()}
        />
      )}
      {sent.failure && <FailureLine failure={sent.failure} onRetry={() => void sent.reload()} />}
      {sent.data && <SentCard contributions={sent.data.contributions} />}
    </div>
  );
}

function countOf({ contributions }: ContributionsAnswer): string {
  const spoken = language.value;
  const taken = contributions.filter(({ state }) => state === "sent").length;
  if (taken === 0) return t(texts.noneYet);
  return spoken === "fr"
    ? counted(taken, ["offre proposée", "offres proposées"], "fr")
    : counted(taken, ["offer proposed", "offers proposed"], "en");
}
