import type { AdoptionDeps } from "./deps.ts";
import type { Adoption } from "./store.ts";

/** Under which the series of an earlier installation of the bridge are kept, which it goes on with by itself. */
export const ownTool = "linky_bridge";

/** Ends an adoption of which nothing has reached Home Assistant. */
export async function abandon(
  { store, clock }: Pick<AdoptionDeps, "store" | "clock">,
  adoption: Adoption,
): Promise<void> {
  await store.noteUndoing(adoption.id);
  await store.revertAdoption(adoption.id, clock.now());
}
