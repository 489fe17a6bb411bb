import { addDays, dateAt } from "../../domain/calendar.ts";
import type { ColorOn } from "../../domain/tariff/stretches.ts";
import type { Instant, LocalDate, UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";
import { isEnergy, type SeriesState } from "../statistics/series.ts";
import { quietOf, refuseBeside } from "./beside.ts";
import type { AdoptionDeps } from "./deps.ts";
import { type FindOptions, type FormerHistory, findFormerSeries } from "./find.ts";
import { type ReadSeries, readHistory, readSaved } from "./former-hours.ts";
import { canContinue, sentence } from "./modes.ts";
import { AdoptionRefusal } from "./refusal.ts";
import type { Adoption, AdoptionMode } from "./store.ts";
import { type Target, targetsOf } from "./targets.ts";
import { type FormerTool, toolNames } from "./tools.ts";

/** One history to take over, and how. */
export interface AdoptRequest {
  readonly tool: FormerTool;
  readonly usagePoint: UsagePointId;
  readonly flow: Flow;
  readonly mode: AdoptionMode;
  /** Hours from the midnight that begins this Paris day on are left to the former tool; null: all are taken. */
  readonly until: LocalDate | null;
  readonly find: FindOptions;
}

/** All that preview and adoption need to know; nothing is written for it. */
export interface Prepared {
  readonly request: AdoptRequest;
  readonly history: FormerHistory;
  /** As it was before the bridge touched it. */
  readonly read: readonly ReadSeries[];
  /** The bridge's series of energy of this usage point and flow. */
  readonly series: readonly SeriesState[];
  readonly targets: readonly Target[];
  /** Adoptions of this usage point and flow, oldest first, also those undone. */
  readonly adoptions: readonly Adoption[];
  /** The adoption that the request goes on with: begun before, or made by the bridge itself. */
  readonly earlier: Adoption | null;
  readonly until: LocalDate | null;
}

/** @throws AdoptionRefusal for what cannot be taken over. */
export async function prepare(deps: AdoptionDeps, request: AdoptRequest): Promise<Prepared> {
  const { store, session } = deps;
  const adoptions = (await store.loadAdoptions()).filter(
    ({ usagePoint, flow }) => usagePoint === request.usagePoint && flow === request.flow,
  );
  refuseBeside(adoptions, request);
  const history = await findHistory(deps, request);
  if (request.mode === "continue") refuseUnlessContinuable(history);
  const earlier =
    adoptions.findLast(({ tool, mode, step }) => tool === request.tool && mode === request.mode && step !== "undone") ??
    null;
  const quiet = quietOf(adoptions, request);
  // Once applied, Home Assistant's rows are the bridge's: the former ones are those that were saved.
  const applied = quiet ?? (earlier?.step === "applied" ? earlier : null);
  // The rows that were saved are cut already: whoever repeats the command need not say where.
  const until = applied ? request.until : untilOf(request, deps.clock.now());
  // A copy gives back first what the bridge had continued by itself.
  const leaving = request.mode === "copy" ? (quiet?.statisticIds ?? []) : [];
  const series = (await store.loadSeries())
    .filter(isEnergy)
    .filter(
      ({ usagePoint, flow, statisticId }) =>
        usagePoint === request.usagePoint && flow === request.flow && !leaving.includes(statisticId),
    );
  const read = applied
    ? readSaved(history, await store.loadSavedSeries(applied.id))
    : await readHistory(history, session, until);
  const targets = targetsOf(read, {
    mode: request.mode,
    history: deps.planOf(request.usagePoint),
    colorOn: await loadColors(deps, read),
    series,
    language: deps.language,
    takenDays: applied ? new Set() : await takenDays(deps, series),
  });
  return { request, history, read, series, targets, adoptions, earlier, until };
}

async function findHistory(deps: AdoptionDeps, request: AdoptRequest): Promise<FormerHistory> {
  const found = findFormerSeries(await deps.session.listStatistics(), deps.usagePoints, request.find);
  const history = found.find(
    ({ tool, usagePoint, flow }) => tool === request.tool && usagePoint === request.usagePoint && flow === request.flow,
  );
  if (!deps.usagePoints.includes(request.usagePoint))
    throw new AdoptionRefusal("unknown_meter", {
      fr: `Le compteur ${request.usagePoint} n'est pas relevé par Linky Bridge : son historique ne peut pas être repris.`,
      en: `The meter ${request.usagePoint} is not read by Linky Bridge: its history cannot be taken over.`,
    });
  if (history === undefined || (history.series.length === 0 && history.refused.length === 0))
    throw nothingFound(request.tool, request.find, request.usagePoint);
  if (history.series.length === 0) throw faulty(history);
  return history;
}

/** `usagePoint` null: of no meter. */
export function nothingFound(tool: FormerTool, { named }: FindOptions, usagePoint: string | null): AdoptionRefusal {
  if (named)
    return new AdoptionRefusal("nothing_found", {
      fr: `Home Assistant n'a aucune série du nom de ${named.statisticId}.`,
      en: `Home Assistant holds no series by the name of ${named.statisticId}.`,
    });
  const name = toolNames[tool];
  return new AdoptionRefusal("nothing_found", {
    fr: `Home Assistant n'a aucune série de ${name}${usagePoint === null ? "" : ` pour le compteur ${usagePoint}`}.`,
    en: `Home Assistant holds no series of ${name}${usagePoint === null ? "" : ` for the meter ${usagePoint}`}.`,
  });
}

function faulty({ refused }: FormerHistory): AdoptionRefusal {
  const list = (language: "fr" | "en") =>
    refused
      .map(({ statisticId, metadata: { unit }, expectedUnits, fault }) => {
        if (fault === "no_sum")
          return language === "fr" ? `${statisticId} n'a pas de cumul` : `${statisticId} has no sum`;
        const expected = expectedUnits.join(language === "fr" ? " ou " : " or ");
        return language === "fr"
          ? `${statisticId} est en ${unit ?? "aucune unité"} au lieu de ${expected}`
          : `${statisticId} is in ${unit ?? "no unit"} instead of ${expected}`;
      })
      .join(", ");
  return new AdoptionRefusal("wrong_unit", {
    fr: `Rien ne peut être repris : ${list("fr")}.`,
    en: `Nothing can be taken over: ${list("en")}.`,
  });
}

function refuseUnlessContinuable(history: FormerHistory): void {
  const { reason } = canContinue(history);
  if (reason !== null) throw new AdoptionRefusal("copy_only", sentence(reason));
}

/** A live sensor goes on: without a date of the user's, the integration's is cut at the last midnight. */
function untilOf({ tool, until }: AdoptRequest, now: Instant): LocalDate | null {
  if (until === null && tool === "sensor")
    throw new AdoptionRefusal("needs_until", {
      fr: "Ce capteur continue de compter : donnez le jour à partir duquel Linky Bridge prend la suite, par exemple --until 2026-01-01.",
      en: "This sensor goes on counting: name the day from which Linky Bridge takes over, --until 2026-01-01 for instance.",
    });
  return until === null && tool === "hass_myelectricaldata_entity" ? dateAt(now) : until;
}

/** The colours that split hours may need: a civil day begins in the Tempo day of the date before. */
async function loadColors({ store }: AdoptionDeps, read: readonly ReadSeries[]): Promise<ColorOn> {
  const starts = read.flatMap(({ sums: { hours } }) => [hours[0], hours.at(-1)].flatMap((hour) => hour?.start ?? []));
  const [first, last] = [starts.toSorted((a, b) => a - b)[0], starts.toSorted((a, b) => a - b).at(-1)];
  if (first === undefined || last === undefined) return () => undefined;
  const known = await store.loadTempo({ from: addDays(dateAt(first), -1), to: dateAt(last) });
  const colors = new Map(known.map(({ date, color }) => [date, color]));
  return (date) => colors.get(date);
}

/** Days of which a series already holds another tool's hours. */
async function takenDays({ store }: AdoptionDeps, series: readonly SeriesState[]): Promise<ReadonlySet<LocalDate>> {
  const taken = new Set<LocalDate>();
  for (const { id } of series)
    for (const { start, amount, origin } of await store.loadHours(id, null))
      if (origin === "former" && amount !== 0) taken.add(dateAt(start));
  return taken;
}
