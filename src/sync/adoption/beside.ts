import { ownTool } from "./abandon.ts";
import type { AdoptRequest } from "./prepare.ts";
import { AdoptionRefusal } from "./refusal.ts";
import type { Adoption } from "./store.ts";
import { nameOfTool } from "./tools.ts";

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
    throw new AdoptionRefusal(
      "already_adopted",
      {
        fr: `L'annulation de la reprise n° ${undoing.id} est à moitié faite : finissez-la d'abord.`,
        en: `The undoing of adoption no. ${undoing.id} is half done: finish that first.`,
      },
      `adopt undo ${undoing.id} --yes`,
    );
  const other = adoptions.find(
    ({ id, step, tool, mode }) =>
      step === "applied" &&
      id !== quiet?.id &&
      (tool === request.tool
        ? mode !== request.mode
        : mode === "continue" && request.mode === "continue" && tool !== ownTool),
  );
  if (other)
    throw new AdoptionRefusal(
      "already_adopted",
      {
        fr: `Un historique est déjà repris ici (n° ${other.id}, ${nameOfTool(other.tool).fr}, ${other.mode === "copy" ? "copié" : "continué"}) : annulez d'abord cette reprise.`,
        en: `A history is already taken over here (no. ${other.id}, ${nameOfTool(other.tool).en}, ${other.mode === "copy" ? "copied" : "continued"}): undo that adoption first.`,
      },
      `adopt undo ${other.id} --yes`,
    );
}
