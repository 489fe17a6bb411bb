import { useEffect, useRef } from "preact/hooks";
import type { DemoAnswer } from "../../../server/api/demo.ts";
import { ask, urlOf } from "../../api/client.ts";
import { useApi } from "../../api/resource.ts";
import { Card } from "../../kit/card.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { t } from "../../language.ts";
import { demoTexts } from "./demo-texts.ts";

/** Between two questions whether it is there. */
const pauseMs = 700;

/** A home to look at before one's own, which the service starts beside itself. */
export function DemoCard() {
  const known = useApi<DemoAnswer>("api/demo");
  const starting = useDoing();
  const wasStarting = useRef(false);
  const { data } = known;
  const isStarting = starting.isBusy || data?.state === "starting";
  useEffect(() => {
    if (data?.state === "starting") {
      wasStarting.current = true;
      const later = setTimeout(() => void known.reload(), pauseMs);
      return () => clearTimeout(later);
    }
    if (data?.state === "running" && wasStarting.current) location.assign(urlOf("demo/"));
    return undefined;
  }, [data]);
  if (data === null || !data.isOffered) return null;
  const start = (): void =>
    void starting.run(async () => {
      await ask<DemoAnswer>("api/demo", { method: "POST", body: {} });
      await known.reload();
    });
  return (
    <Card title={t(demoTexts.title)}>
      <p class="small">{t(demoTexts.about)}</p>
      {data.problem && !isStarting && <Problem tone="bad" text={t(data.problem)} />}
      {starting.failure && <FailureLine failure={starting.failure} />}
      {data.state === "running" ? (
        <a class="button" href={urlOf("demo/")}>
          {t(demoTexts.open)}
        </a>
      ) : (
        <button type="button" class="button" disabled={isStarting} onClick={start}>
          {t(demoTexts.start)}
        </button>
      )}
      <div role="status">
        {isStarting && (
          <>
            <p class="small">{t(demoTexts.starting)}</p>
            <progress class="first-progress" aria-label={t(demoTexts.starting)} />
          </>
        )}
      </div>
    </Card>
  );
}
