import type { SettingsAnswer } from "../../../server/api/settings.ts";
import { useApi } from "../../api/resource.ts";
import { capitalised } from "../../format.ts";
import { Card } from "../../kit/card.tsx";
import { Facts } from "../../kit/facts.tsx";
import { Icon } from "../../kit/icon.tsx";
import { t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { texts } from "./texts.ts";

/** Prometheus comes and fetches, so it is no destination that fares one way or another: it is served, or not. */
export function PrometheusCard() {
  const known = useApi<SettingsAnswer>("api/settings");
  const setting = known.data?.settings.find(({ key }) => key === "prometheus_enabled");
  if (setting === undefined) return null;
  const isServed = setting.value === true;
  return (
    <Card
      title="Prometheus"
      side={
        <span class={`export-state ${isServed ? "up" : "off"}`}>
          <Icon name={isServed ? "check" : "close"} />
          {capitalised(t(isServed ? texts.served : texts.notServed))}
        </span>
      }
    >
      {isServed && <Facts facts={[{ name: t(texts.address), value: "/metrics" }]} />}
      <p class="small muted">{t(texts.prometheusMore)}</p>
      <div class="row">
        <a
          class="button"
          href={hrefOf("reglages", { partie: "exports" })}
          aria-label={`${t(texts.settings)} : Prometheus`}
        >
          {t(texts.settings)}
        </a>
        <a class="button" href={hrefOf("reglages", { partie: "acces" })}>
          {t(texts.tokens)}
        </a>
      </div>
    </Card>
  );
}
