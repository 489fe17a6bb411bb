import "./demo-line.css";
import type { DemoAnswer } from "../../server/api/demo.ts";
import { ask, urlOf } from "../api/client.ts";
import { Failure } from "../api/failure.ts";
import { useApi } from "../api/resource.ts";
import { FailureLine } from "../kit/problem.tsx";
import { useDoing } from "../kit/use-doing.ts";
import { t } from "../language.ts";
import { texts } from "./texts.ts";

/** A service shows its demonstration home there. Somebody's proxy may show a service of its own under that name. */
export const mayBeDemo = new URL(document.baseURI).pathname.endsWith("/demo/");

/** Says on every page that nothing here is real, and leads back to what is. */
export function DemoLine() {
  const service = useApi<DemoAnswer>("../api/demo");
  const leaving = useDoing();
  if (service.data === null) return null;
  return (
    <aside aria-label={t(texts.demo)}>
      <div class="demo-line row between small">
        <span>{t(texts.demo)}</span>
        <button
          type="button"
          class="link-button"
          disabled={leaving.isBusy}
          onClick={() => void leaving.run(stopAndLeave)}
        >
          {t(texts.leaveDemo)}
        </button>
      </div>
      {leaving.failure && <FailureLine failure={leaving.failure} />}
    </aside>
  );
}

async function stopAndLeave(): Promise<void> {
  try {
    await ask<DemoAnswer>("../api/demo", { method: "DELETE" });
  } catch (error) {
    // Who is not known any more signs in there; the demonstration ends by itself.
    if (!(error instanceof Failure && error.status === 401)) throw error;
  }
  location.assign(`${urlOf("../")}#/premier-pas`);
}
