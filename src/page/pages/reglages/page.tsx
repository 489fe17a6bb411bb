import "./page.css";
import type { ExportsAnswer } from "../../../server/api/diagnostics.ts";
import type { SettingsAnswer } from "../../../server/api/settings.ts";
import { useApi } from "../../api/resource.ts";
import { ago, counted, instantOf } from "../../format.ts";
import { now, overview, usagePoints } from "../../home.ts";
import { Answer } from "../../kit/answer.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { Sections, sectionOf } from "../../kit/sections.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { language, t } from "../../language.ts";
import { Access } from "./access-part.tsx";
import { Backups } from "./backups-part.tsx";
import { Diagnostics } from "./diagnostics-part.tsx";
import { Exports } from "./exports-part.tsx";
import { Gateway, General, HomeAssistant, Mqtt } from "./settings-parts.tsx";
import { texts } from "./texts.ts";

/** Whether all is linked; then each part of the settings. */
export default function Page() {
  const options = [
    { value: "general", label: t(texts.general) },
    { value: "compteurs", label: t(texts.gateway) },
    { value: "mqtt", label: t(texts.mqtt) },
    { value: "home-assistant", label: t(texts.homeAssistant) },
    { value: "exports", label: t(texts.exports) },
    { value: "acces", label: t(texts.access) },
    { value: "sauvegardes", label: t(texts.backups) },
    { value: "diagnostic", label: t(texts.diagnostics) },
  ] as const;
  const section = sectionOf(options);
  return (
    <div class="stack settings-page">
      <Linked />
      <Sections label={t(texts.parts)} options={options} />
      {/* What was typed in one part is not for another. */}
      <Part key={section} section={section} />
    </div>
  );
}

function Linked() {
  const exports = useApi<ExportsAnswer>("api/exports");
  const points = usagePoints.value;
  if (points === null || exports.data === null) return null;
  const spoken = language.value;
  const waiting = exports.data.exports.filter(({ state }) => state === "down");
  const isWell = points.length > 0 && waiting.length === 0 && overview.value?.bridge.problems.length === 0;
  const at = overview.value?.bridge.lastAnswerAt;
  const last = at ? ago(instantOf(at), now.value, spoken) : null;
  const followed =
    points.length === 0
      ? t(texts.answerMeters)
      : counted(
          points.length,
          spoken === "fr" ? ["compteur suivi", "compteurs suivis"] : ["meter followed", "meters followed"],
          spoken,
        );
  return (
    <Answer sentence={followed} figures={[t(isWell ? texts.allWell : texts.notLinked)]}>
      {last !== null && `${t(texts.lastAnswer)} ${last}.`}
    </Answer>
  );
}

function Part({ section }: { readonly section: string }) {
  if (section === "acces") return <Access />;
  if (section === "sauvegardes") return <Backups />;
  return <WithSettings section={section} />;
}

function WithSettings({ section }: { readonly section: string }) {
  const known = useApi<SettingsAnswer>("api/settings");
  const settings = known.data?.settings;
  return (
    <>
      {known.failure && <FailureLine failure={known.failure} onRetry={() => void known.reload()} />}
      {settings === undefined
        ? known.isLoading && <Skeleton lines={8} label={t(texts.loading)} />
        : partOf(section, settings)}
    </>
  );
}

function partOf(section: string, settings: SettingsAnswer["settings"]) {
  switch (section) {
    case "compteurs":
      return <Gateway settings={settings} />;
    case "mqtt":
      return <Mqtt settings={settings} />;
    case "home-assistant":
      return <HomeAssistant settings={settings} />;
    case "exports":
      return <Exports settings={settings} />;
    case "diagnostic":
      return <Diagnostics settings={settings} />;
    default:
      return <General settings={settings} />;
  }
}
