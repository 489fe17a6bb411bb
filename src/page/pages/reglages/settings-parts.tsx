import type { Setting } from "../../../server/api/settings.ts";
import { nameOf, usagePoints } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { Segmented } from "../../kit/segmented.tsx";
import { chooseLanguage, language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { chooseTheme, theme } from "../../theme/theme.ts";
import { SettingsForm } from "./settings-form.tsx";
import { texts } from "./texts.ts";

interface PartProps {
  readonly settings: readonly Setting[];
}

/** Options of a group that the page can show as fields; plans have a page of their own. */
const inGroup = (settings: readonly Setting[], group: Setting["group"]): readonly Setting[] =>
  settings.filter((one) => one.group === group && one.isSettable && one.type !== "objects");

export const General = ({ settings }: PartProps) => (
  <div class="columns">
    <div class="stack">
      <Card title={t(texts.thisBrowser)}>
        <div class="field">
          <p>{t(texts.pageLanguage)}</p>
          <Segmented
            label={t(texts.pageLanguage)}
            value={language.value}
            onChange={chooseLanguage}
            options={[
              { value: "fr", label: "Français" },
              { value: "en", label: "English" },
            ]}
          />
        </div>
        <div class="field">
          <p>{t(texts.theme)}</p>
          <Segmented
            label={t(texts.theme)}
            value={theme.value}
            onChange={chooseTheme}
            options={[
              { value: "auto", label: t(texts.themeAuto) },
              { value: "light", label: t(texts.themeLight) },
              { value: "dark", label: t(texts.themeDark) },
            ]}
          />
        </div>
        <p class="small muted">{t(texts.thisBrowserMore)}</p>
      </Card>
      <Card title={t(texts.prices)}>
        <p>{t(texts.pricesMore)}</p>
        <div>
          <a class="button" href={hrefOf("couts")}>
            {t(texts.openCosts)}
          </a>
        </div>
      </Card>
    </div>
    <SettingsForm
      title={t(texts.service)}
      settings={inGroup(settings, "general")}
      main={["language", "log_level", "log_format"]}
    />
  </div>
);

export const Gateway = ({ settings }: PartProps) => (
  <div class="columns">
    <SettingsForm
      title={t(texts.account)}
      settings={inGroup(settings, "gateway")}
      main={["client_id", "client_secret", "usage_points"]}
      connection="gateway"
    />
    <Meters />
  </div>
);

function Meters() {
  const known = usagePoints.value ?? [];
  return (
    <Card title={t(texts.points)}>
      {known.length === 0 && <p class="muted">{t(texts.noPoints)}</p>}
      <ul class="settings-meters">
        {known.map((point) => (
          <li key={point.id}>
            <span class="strong">{nameOf(point)}</span>
            <span class="small muted">
              PDL {point.id}
              {point.city !== null && ` · ${point.city}`}
              {!point.listed && ` · ${t(texts.left)}`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export const Mqtt = ({ settings }: PartProps) => (
  <SettingsForm
    title={t(texts.broker)}
    settings={inGroup(settings, "mqtt")}
    main={["mqtt_enabled", "mqtt_broker", "mqtt_username", "mqtt_password", "mqtt_export_data"]}
    connection="mqtt"
  />
);

export const HomeAssistant = ({ settings }: PartProps) => (
  <SettingsForm
    title={t(texts.homeAssistant)}
    settings={inGroup(settings, "homeAssistant")}
    main={["homeassistant_enabled", "homeassistant_url", "homeassistant_token"]}
    connection="homeassistant"
  />
);
