import { ask } from "../api/client.ts";
import { refreshAll } from "../api/resource.ts";

/** The service begins its next round within this; a slow machine takes longer to come back. */
const goneWithinMs = 4_000;
const backWithinMs = 90_000;
const pauseMs = 300;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs));

const answers = (): Promise<boolean> =>
  ask("api/session").then(
    () => true,
    () => false,
  );

/** Waits until the service has ended its round and answers again, then asks anew for all that is shown. */
export async function afterRestart(): Promise<void> {
  const begun = Date.now();
  while (Date.now() - begun < goneWithinMs && (await answers())) await pause();
  while (Date.now() - begun < backWithinMs && !(await answers())) await pause();
  await refreshAll();
}
