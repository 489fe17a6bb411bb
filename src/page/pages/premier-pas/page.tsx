import "./page.css";
import { useEffect } from "preact/hooks";
import type { OverviewAnswer } from "../../../server/api/overview.ts";
import type { SettingsAnswer } from "../../../server/api/settings.ts";
import { useApi } from "../../api/resource.ts";
import { overview } from "../../home.ts";
import { FailureLine } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { t } from "../../language.ts";
import { Arrival } from "./arrival.tsx";
import { DemoCard } from "./demo-card.tsx";
import { accountKeys } from "./draft.ts";
import { LinkForm } from "./link-form.tsx";
import { texts } from "./texts.ts";

/** The first run: the account, then the readings as they arrive. */
export default function Page() {
  const settings = useApi<SettingsAnswer>("api/settings");
  const household = useApi<OverviewAnswer>("api/overview");
  useEffect(() => {
    if (household.data) overview.value = household.data;
  }, [household.data]);
  const failed = settings.failure ? settings : household.failure ? household : null;
  if (settings.data === null || household.data === null)
    return failed?.failure ? (
      <FailureLine failure={failed.failure} onRetry={() => void failed.reload()} />
    ) : (
      <Skeleton lines={6} label={t(texts.loading)} />
    );
  const options = settings.data.settings;
  const isGiven = accountKeys.every((key) => options.some((one) => one.key === key && one.isSet && !one.isUnreadable));
  return (
    <div class="first stack">
      {isGiven ? (
        <Arrival overview={household.data} />
      ) : (
        <>
          <p class="strong">{t(texts.intro)}</p>
          <LinkForm settings={options} linked={linkedOf(household.data)} />
          <DemoCard />
        </>
      )}
    </div>
  );
}

function linkedOf({ sinks }: OverviewAnswer) {
  const isOn = (wanted: string): boolean => sinks.some(({ name, state }) => name === wanted && state !== "off");
  return { mqtt: isOn("mqtt"), homeAssistant: isOn("homeassistant") };
}
