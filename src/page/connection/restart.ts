import { ask } from "../api/client.ts";
import { refreshAll } from "../api/resource.ts";

/** A slow machine takes long to come back. */
const backWithinMs = 90_000;
const pauseMs = 300;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs));

const answers = (): Promise<boolean> =>
  ask("api/session").then(
    () => true,
    () => false,
  );

/**
 * Waits until the service answers with what was changed, then asks anew for all that is shown. Whatever is asked after
 * the answer to a change is answered by the next round of the service.
 */
export async function afterRestart(): Promise<void> {
  const begun = Date.now();
  while (!(await answers()) && Date.now() - begun < backWithinMs) await pause();
  await refreshAll();
}
