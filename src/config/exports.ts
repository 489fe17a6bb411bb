import type { Config, JeedomConfig, StatesConfig, VictoriaMetricsConfig } from "./config.ts";
import { addressAndToken } from "./home-assistant.ts";
import type { OptionValues } from "./options.ts";

/** The secondary destinations that are set and not switched off. */
export const buildExports = (values: OptionValues, ownToken: string | null): Config["exports"] => ({
  victoriaMetrics: buildVictoriaMetrics(values),
  jeedom: buildJeedom(values),
  states: buildStates(values, ownToken),
});

function buildVictoriaMetrics(values: OptionValues): VictoriaMetricsConfig | null {
  const writeUrl = values.victoriametrics_url;
  if (writeUrl === null || values.victoriametrics_enabled === false) return null;
  return {
    writeUrl,
    readUrl: values.victoriametrics_read_url ?? writeUrl,
    deleteUrl: values.victoriametrics_delete_url ?? writeUrl,
    username: values.victoriametrics_username,
    password: values.victoriametrics_password,
    token: values.victoriametrics_token,
    headers: { ...values.victoriametrics_headers },
    labels: { ...values.victoriametrics_labels },
    deleteAuthKey: values.victoriametrics_delete_auth_key,
    metricNames: values.victoriametrics_metric_names,
    tempoColors: values.victoriametrics_tempo_colors,
    corrections: values.victoriametrics_corrections,
    intervalMinutes: values.victoriametrics_interval,
    exportData: [...values.victoriametrics_export_data],
  };
}

function buildJeedom(values: OptionValues): JeedomConfig | null {
  const { jeedom_url: url, jeedom_api_key: apiKey } = values;
  if (url === null || apiKey === null || values.jeedom_enabled === false) return null;
  return {
    url,
    apiKey,
    timeZone: values.jeedom_timezone,
    unit: values.jeedom_unit,
    detailDays: values.jeedom_detail_days,
    intervalMinutes: values.jeedom_interval,
    exportData: [...values.jeedom_export_data],
  };
}

function buildStates(values: OptionValues, ownToken: string | null): StatesConfig | null {
  const found = values.homeassistant_states_enabled ? addressAndToken(values, ownToken) : null;
  if (found === null) return null;
  const { websocketUrl, viaSupervisor, token } = found;
  return {
    apiUrl: websocketUrl.replace(/^ws/, "http").replace(/(\/api)?\/websocket$/, "/api"),
    viaSupervisor,
    token,
    intervalMinutes: values.homeassistant_states_interval,
    exportData: [...values.homeassistant_states_export_data],
  };
}
