import type { Setting } from "../../../server/api/settings.ts";
import { t } from "../../language.ts";
import { SettingsForm } from "./settings-form.tsx";
import { texts } from "./texts.ts";

/** The secondary destinations, and what Prometheus may ask. */
export function Exports({ settings }: { readonly settings: readonly Setting[] }) {
  const own = settings.filter(({ group, isSettable }) => group === "exports" && isSettable);
  const beginning = (prefix: string): readonly Setting[] => own.filter(({ key }) => key.startsWith(prefix));
  return (
    <div class="columns">
      <SettingsForm
        title="VictoriaMetrics"
        settings={beginning("victoriametrics_")}
        main={[
          "victoriametrics_enabled",
          "victoriametrics_url",
          "victoriametrics_username",
          "victoriametrics_password",
          "victoriametrics_export_data",
        ]}
        connection="victoriametrics"
      />
      <SettingsForm
        title="Jeedom"
        settings={beginning("jeedom_")}
        main={["jeedom_enabled", "jeedom_url", "jeedom_api_key", "jeedom_export_data"]}
        connection="jeedom"
      />
      <SettingsForm
        title={t(texts.states)}
        settings={beginning("homeassistant_states_")}
        main={["homeassistant_states_enabled"]}
        connection="homeassistant_states"
      />
      <SettingsForm
        title="Prometheus"
        settings={beginning("prometheus_")}
        main={["prometheus_enabled", "prometheus_meter_label"]}
      />
    </div>
  );
}
