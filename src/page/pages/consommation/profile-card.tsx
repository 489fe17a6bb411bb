import { useMemo, useState } from "preact/hooks";
import type { LocalDate } from "../../../domain/units.ts";
import type { ProfileAnswer } from "../../../server/api/profile.ts";
import { useApi } from "../../api/resource.ts";
import { Chart } from "../../charts/chart.tsx";
import { Card } from "../../kit/card.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { Segmented } from "../../kit/segmented.tsx";
import { language, t } from "../../language.ts";
import { type ProfileKind, profileModel, profileNote } from "./profile.ts";
import { texts } from "./texts.ts";

interface ProfileCardProps {
  readonly usagePoint: string;
  readonly span: { readonly from: LocalDate; readonly to: LocalDate };
}

/** When the household uses its energy: weekdays beside weekends, winter beside summer. */
export function ProfileCard({ usagePoint, span }: ProfileCardProps) {
  const spoken = language.value;
  const [kind, setKind] = useState<ProfileKind>("week");
  const profile = useApi<ProfileAnswer>(`api/profile/${usagePoint}`, {
    flow: "consumption",
    start: span.from,
    end: span.to,
  });
  const model = useMemo(
    () => profile.data && profileModel(profile.data, { kind, language: spoken }),
    [profile.data, kind, spoken],
  );
  return (
    <Card title={t(texts.profile)}>
      <Segmented
        label={t(texts.profileOf)}
        options={[
          { value: "week", label: t(texts.everyDay) },
          { value: "season", label: t(texts.seasons) },
        ]}
        value={kind}
        onChange={setKind}
      />
      {profile.failure && <FailureLine failure={profile.failure} onRetry={() => void profile.reload()} />}
      {profile.data && model && model.lines.length > 0 ? (
        <>
          <Chart model={model} title={t(texts.profile)} height={220} />
          <p class="small muted">{profileNote(profile.data, { kind, language: spoken })}</p>
        </>
      ) : (
        <p class="muted">{t(profile.isLoading ? texts.loading : texts.noProfile)}</p>
      )}
    </Card>
  );
}
