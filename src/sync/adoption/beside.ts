import { ownTool } from "./abandon.ts";
import type { AdoptRequest } from "./prepare.ts";
import { AdoptionRefusal } from "./refusal.ts";
import type { Adoption } from "./store.ts";

/** What the bridge continued by itself of the history that is asked for; undefined when nothing. */
export const quietOf = (adoptions: readonly Adoption[], request: AdoptRequest): Adoption | undefined =>
  adoptions.find(
    ({ usagePoint, flow, tool, step, keepThrough }) =>
      usagePoint === request.usagePoint &&
      flow === request.flow &&
      tool === request.tool &&
      step === "applied" &&
      keepThrough !== null,
  );

/**
 * One tool is continued at a time, and each in one way; what is being undone is undone first. `adoptions`: of the
 * request's usage point and flow.
 * @throws AdoptionRefusal
 */
export function refuseBeside(adoptions: readonly Adoption[], request: AdoptRequest): void {
  const quiet = quietOf(adoptions, request);
  const undoing = adoptions.find(({ step }) => step === "undoing");
  if (undoing)
    throw new AdoptionRefusal("already_adopted", {
      fr: `La reprise n° ${undoing.id} est en cours d'annulation : terminez-la d'abord par adopt undo ${undoing.id} --yes.`,
      en: `Adoption no. ${undoing.id} is being undone: finish that first with adopt undo ${undoing.id} --yes.`,
    });
  const other = adoptions.find(
    ({ id, step, tool, mode }) =>
      step === "applied" &&
      id !== quiet?.id &&
      (tool === request.tool
        ? mode !== request.mode
        : mode === "continue" && request.mode === "continue" && tool !== ownTool),
  );
  if (other)
    throw new AdoptionRefusal("already_adopted", {
      fr: `Un historique est déjà repris ici (n° ${other.id}, ${other.tool}, ${other.mode}) : annulez-le d'abord par adopt undo ${other.id} --yes.`,
      en: `A history is already taken over here (no. ${other.id}, ${other.tool}, ${other.mode}): undo it first with adopt undo ${other.id} --yes.`,
    });
}
