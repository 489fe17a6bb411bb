import { TextError } from "../../shared/text-error.ts";

/**
 * | code | what happened | what the caller does |
 * |---|---|---|
 * | changed | the dashboard is not what was shown | look again |
 * | old_format | Home Assistant keeps its dashboard in the form of before 2026 | update Home Assistant |
 * | unknown_id | a series to take out is none of those that were shown | name another |
 * | would_count_twice | all that is missing would count a second time | replace, or insist |
 * | nothing_instead | taking a series out would leave nothing in its place | wait for the first statistics |
 * | not_taken | Home Assistant holds something else than what was written | look, undo |
 * | nothing_to_undo | the bridge changed nothing | |
 * | changed_since | the dashboard is no longer what the bridge wrote | insist, or leave it |
 * | of_adoption | the last change belongs to an adoption | undo the adoption |
 */
const energyRefusalCodes = [
  "changed",
  "old_format",
  "unknown_id",
  "would_count_twice",
  "nothing_instead",
  "not_taken",
  "nothing_to_undo",
  "changed_since",
  "of_adoption",
] as const;
export type EnergyRefusalCode = (typeof energyRefusalCodes)[number];

/** The assistant does not do what it was asked for; nothing is half done. */
export class EnergyRefusal extends TextError<EnergyRefusalCode> {
  override readonly name = "EnergyRefusal";
}

export const refusals = {
  changed: () =>
    new EnergyRefusal("changed", {
      fr: "Le tableau Énergie ou ce qui peut y entrer a changé depuis que vous l'avez regardé ; rien n'a été modifié. Regardez de nouveau la proposition.",
      en: "The Energy Dashboard, or what can go into it, has changed since you looked at it; nothing was modified. Look at the proposal again.",
    }),
  oldFormat: (version: string, options?: ErrorOptions) =>
    new EnergyRefusal(
      "old_format",
      {
        fr: `Home Assistant ${version} garde encore son tableau Énergie sous sa forme d'avant 2026 ; rien n'a été modifié. Mettez Home Assistant à jour, ou ajoutez les séries à la main dans Paramètres > Tableaux de bord > Énergie.`,
        en: `Home Assistant ${version} still keeps its Energy Dashboard in the form of before 2026; nothing was modified. Update Home Assistant, or add the series by hand in Settings > Dashboards > Energy.`,
      },
      options,
    ),
  unknownId: (id: string) =>
    new EnergyRefusal("unknown_id", {
      fr: `« ${id} » n'est pas une autre source réseau du tableau Énergie ; rien n'a été modifié. Choisissez parmi celles que la proposition montre.`,
      en: `"${id}" is not another grid source of the Energy Dashboard; nothing was modified. Choose among those that the proposal shows.`,
    }),
  wouldCountTwice: (ids: readonly string[]) =>
    new EnergyRefusal("would_count_twice", {
      fr: `Rien n'a été ajouté : la même énergie serait comptée deux fois à cause de ${ids.join(", ")}. Remplacez cette source par la proposition, ou ajoutez quand même.`,
      en: `Nothing was added: the same energy would be counted twice because of ${ids.join(", ")}. Replace that source by the proposal, or add it anyway.`,
    }),
  totalBesideSplit: (id: string) =>
    new EnergyRefusal("would_count_twice", {
      fr: `Rien n'a été ajouté : ${id} est le total de ces mêmes périodes, et un total ne va jamais à côté de son détail. Remplacez-le par la proposition, ou gardez-le seul.`,
      en: `Nothing was added: ${id} is the total of these very periods, and a total never stands beside its own split. Replace it by the proposal, or keep it alone.`,
    }),
  nothingInstead: (id: string) =>
    new EnergyRefusal("nothing_instead", {
      fr: `« ${id} » n'a pas été retirée : aucune série de Linky Bridge ne prendrait encore sa place. Attendez que ses statistiques soient écrites dans Home Assistant.`,
      en: `"${id}" was not taken out: no series of Linky Bridge would take its place yet. Wait until its statistics are written to Home Assistant.`,
    }),
  notTaken: () =>
    new EnergyRefusal("not_taken", {
      fr: "Home Assistant a répondu que le tableau Énergie était enregistré, mais il contient autre chose que ce qui a été écrit. Regardez-le, et annulez si besoin : l'état d'avant est gardé.",
      en: "Home Assistant answered that the Energy Dashboard was saved, but it holds something else than what was written. Look at it, and undo if need be: its former state is kept.",
    }),
  nothingToUndo: () =>
    new EnergyRefusal("nothing_to_undo", {
      fr: "Rien à annuler : Linky Bridge n'a rien changé au tableau Énergie, ou tout est déjà annulé.",
      en: "Nothing to undo: Linky Bridge has changed nothing in the Energy Dashboard, or all of it is undone already.",
    }),
  changedSince: ({ gone, come }: { readonly gone: readonly string[]; readonly come: readonly string[] }) =>
    new EnergyRefusal("changed_since", {
      fr: `Le tableau Énergie a été changé depuis (${changes(gone, come, ["retiré", "ajouté", "ordre changé"])}) : rien n'a été annulé. Annuler quand même remettrait exactement l'état d'avant et perdrait ces changements.`,
      en: `The Energy Dashboard was changed since (${changes(gone, come, ["taken out", "added", "order changed"])}): nothing was undone. Undoing anyway would bring back exactly the former state and lose these changes.`,
    }),
  ofAdoption: (id: number) =>
    new EnergyRefusal("of_adoption", {
      fr: `Le dernier changement du tableau Énergie vient de la reprise d'historique n° ${id} : annulez celle-ci, le tableau suivra.`,
      en: `The last change of the Energy Dashboard came with the adoption of history no. ${id}: undo that one, and the dashboard follows.`,
    }),
} as const;

function changes(
  gone: readonly string[],
  come: readonly string[],
  [out, added, order]: readonly [string, string, string],
) {
  const parts = [
    ...(gone.length > 0 ? [`${out} : ${gone.join(", ")}`] : []),
    ...(come.length > 0 ? [`${added} : ${come.join(", ")}`] : []),
  ];
  return parts.length > 0 ? parts.join(" ; ") : order;
}
