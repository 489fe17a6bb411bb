import "./shell.css";
import { useEffect } from "preact/hooks";
import type { OverviewAnswer } from "../../server/api/overview.ts";
import type { UsagePointsAnswer } from "../../server/api/usage-points.ts";
import { useApi } from "../api/resource.ts";
import { overview, usagePoints } from "../home.ts";
import { FailureLine } from "../kit/problem.tsx";
import { language, t } from "../language.ts";
import { address } from "../navigation.ts";
import { pages } from "../pages.ts";
import { DemoLine, mayBeDemo } from "./demo-line.tsx";
import { LanguageChoice } from "./language-choice.tsx";
import { Navigation } from "./navigation.tsx";
import { PageFrame } from "./page-frame.tsx";
import { texts } from "./texts.ts";
import { UsagePointChooser } from "./usage-point-chooser.tsx";

/** Pages that stand alone, before there is anything to navigate to. */
const alone = ["connexion", "premier-pas"];

/** What surrounds every page: navigation, the usage point, the page itself. */
export function Shell() {
  const { page, params } = address.value;
  const entry = page === "" ? pages[0] : pages.find(({ name }) => name === page);
  const isAlone = entry !== undefined && alone.includes(entry.name);
  useEffect(() => {
    document.documentElement.lang = language.value;
  }, [language.value]);
  return (
    <div class={isAlone ? "shell alone" : "shell"}>
      {/* Not a plain link: its hash would be taken for an address of the page. */}
      <button type="button" class="skip button" onClick={focusContent}>
        {t(texts.skip)}
      </button>
      {!isAlone && <Navigation current={entry?.name ?? ""} />}
      <div class="content">
        {mayBeDemo && <DemoLine />}
        {!isAlone && <Household hasChoice={entry?.isOfMeter?.(params.partie) ?? true} />}
        <PageFrame key={page} entry={entry} />
        {isAlone && <LanguageChoice />}
      </div>
    </div>
  );
}

const focusContent = (): void => document.getElementById("content")?.focus();

/** Learns whose meters there are, and shows the choice where there are several and it changes what is shown. */
function Household({ hasChoice }: { readonly hasChoice: boolean }) {
  const known = useApi<UsagePointsAnswer>("api/pdl");
  const now = useApi<OverviewAnswer>("api/overview");
  useEffect(() => {
    if (known.data) usagePoints.value = known.data.usagePoints;
  }, [known.data]);
  useEffect(() => {
    if (now.data) overview.value = now.data;
  }, [now.data]);
  const failed = known.failure ? known : now.failure ? now : null;
  return (
    <header class="stack household">
      {hasChoice && <UsagePointChooser />}
      {failed?.failure && <FailureLine failure={failed.failure} onRetry={() => void failed.reload()} />}
    </header>
  );
}
