import { useMemo, useState } from "preact/hooks";
import type { ProfileAnswer } from "../../server/api/profile.ts";
import type { SeriesAnswer } from "../../server/api/series.ts";
import { useApi } from "../api/resource.ts";
import { Chart } from "../charts/chart.tsx";
import { Card } from "../kit/card.tsx";
import { FailureLine } from "../kit/problem.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { Skeleton } from "../kit/skeleton.tsx";
import { language, t } from "../language.ts";
import type { Span } from "./compared.ts";
import { latestYearOf, type ProfileKind, profileModel, profileNote } from "./profile.ts";
import { texts } from "./texts.ts";

interface ProfileCardProps {
  readonly usagePoint: string;
  readonly flow: SeriesAnswer["flow"];
  readonly span: Span;
  /** Takes all columns: nothing stands beside it. */
  readonly wide?: boolean;
}

/** On the clock: weekdays beside weekends, winter beside summer. The sun knows no weekend. */
export function ProfileCard({ usagePoint, flow, span, wide = false }: ProfileCardProps) {
  const spoken = language.value;
  const [chosen, setKind] = useState<ProfileKind>("week");
  const kind = flow === "production" ? "season" : chosen;
  const shown = latestYearOf(span);
  const profile = useApi<ProfileAnswer>(`api/profile/${usagePoint}`, { flow, start: shown.from, end: shown.to });
  const model = useMemo(
    () => profile.data && profileModel(profile.data, { kind, language: spoken }),
    [profile.data, kind, spoken],
  );
  const isClipped = shown.from !== span.from;
  const hasLines = model !== null && model.lines.length > 0;
  return (
    <Card title={t(flow === "production" ? texts.productionProfile : texts.profile)} wide={wide}>
      {flow === "consumption" && hasLines && <KindChoice kind={kind} onChange={setKind} />}
      {profile.failure && <FailureLine failure={profile.failure} onRetry={() => void profile.reload()} />}
      {profile.data === null && profile.isLoading && <Skeleton lines={6} label={t(texts.loading)} />}
      {profile.data && hasLines && (
        <>
          <Chart model={model} title={t(texts.profile)} height={220} />
          <p class="small muted">
            {profileNote(profile.data, { kind, language: spoken })}
            {isClipped && ` ${t(texts.latestYear)}`}
          </p>
        </>
      )}
      {model?.lines.length === 0 && <p class="muted">{t(texts.noProfile)}</p>}
    </Card>
  );
}

interface KindChoiceProps {
  readonly kind: ProfileKind;
  readonly onChange: (kind: ProfileKind) => void;
}

const KindChoice = ({ kind, onChange }: KindChoiceProps) => (
  <div class="row">
    <Segmented
      label={t(texts.profileOf)}
      options={[
        { value: "week", label: t(texts.everyDay) },
        { value: "season", label: t(texts.seasons) },
      ]}
      value={kind}
      onChange={onChange}
    />
  </div>
);
