import { nearMiss } from "../config/near-miss.ts";
import { localDate } from "../domain/calendar.ts";
import { type LocalDate, type UsagePointId, usagePointId } from "../domain/units.ts";
import type { Language, Text } from "../shared/language.ts";
import { type AdoptOutcome, adopt as adoptHistory } from "../sync/adoption/adopt.ts";
import type { AdoptionDeps } from "../sync/adoption/deps.ts";
import type { FindOptions } from "../sync/adoption/find.ts";
import { type FoundHistory, listHistories } from "../sync/adoption/list.ts";
import { adoptionDeps } from "../sync/adoption/open.ts";
import type { AdoptRequest } from "../sync/adoption/prepare.ts";
import { type Preview, preview } from "../sync/adoption/preview.ts";
import { AdoptionRefusal, retryCodes } from "../sync/adoption/refusal.ts";
import type { AdoptionMode } from "../sync/adoption/store.ts";
import { type FormerTool, formerTools } from "../sync/adoption/tools.ts";
import { findUndoable, undo } from "../sync/adoption/undo.ts";
import { HomeAssistantFailure } from "../sync/statistics/recorder.ts";
import type { StatisticsDeps } from "../sync/statistics/run.ts";
import { doneLines, foundLines, previewLines, stepLine, undoLines, undoneLines, writtenLine } from "./adopt-words.ts";
import type { Output } from "./session.ts";

export interface AdoptArguments {
  readonly action: "show" | "adopt" | "undo";
  /** The former tool's code, or a statistic id; for undo the number of an adoption. */
  readonly what?: string;
  /** Without it what is found is shown. */
  readonly mode?: AdoptionMode;
  readonly meter?: string;
  /** The first day that is no longer taken from the series, `YYYY-MM-DD`. */
  readonly until?: string;
  /** Of the ids of MyElectricalData v2, where it was changed. */
  readonly prefix?: string;
  /** Without it nothing is changed. */
  readonly yes: boolean;
  readonly json: boolean;
}

/** The parts of the session that the command uses. */
export interface AdoptPort {
  readonly language: Language;
  readonly output: Output;
  /** Null where no Home Assistant is set. */
  readonly statistics: StatisticsDeps | null;
}

/** Takes over what another tool left in Home Assistant, or gives it back. 1 when it failed, 2 when the request is wrong. */
export async function adopt(port: AdoptPort, wanted: AdoptArguments, signal: AbortSignal): Promise<number> {
  try {
    if (port.statistics === null) return fail(port, wanted, { code: "home_assistant_off", text: notSet }, 2);
    const deps = withProgress(port, wanted);
    const session = await port.statistics.homeAssistant.open(signal);
    try {
      await run(port, wanted, await adoptionDeps(deps.statistics, session, deps.onStep), signal);
      return 0;
    } finally {
      await session.close();
    }
  } catch (error) {
    if (error instanceof AdoptionRefusal) return fail(port, wanted, error, retryCodes.includes(error.code) ? 1 : 2);
    if (error instanceof HomeAssistantFailure)
      return fail(port, wanted, { code: `home_assistant_${error.reason}`, text: error.text }, 1);
    throw error;
  }
}

function fail(
  { output, language }: AdoptPort,
  { json }: AdoptArguments,
  { code, text }: { readonly code: string; readonly text: Text },
  exitCode: number,
): number {
  output.line(json ? JSON.stringify({ error: { code, ...text } }, null, 2) : text[language]);
  return exitCode;
}

const notSet: Text = {
  fr: "Aucun Home Assistant n'est réglé : donnez HOMEASSISTANT_URL et HOMEASSISTANT_TOKEN.",
  en: "No Home Assistant is set: give HOMEASSISTANT_URL and HOMEASSISTANT_TOKEN.",
};

/** A line per step, and of the rows one at most every tenth. */
function withProgress({ output, language, statistics }: AdoptPort, { json }: AdoptArguments) {
  if (statistics === null) throw new TypeError("No Home Assistant is set");
  if (json) return { statistics };
  let tenth = -1;
  return {
    onStep: (step: Parameters<typeof stepLine>[0]) => output.line(stepLine(step, language)),
    statistics: {
      ...statistics,
      onProgress: (progress: Parameters<NonNullable<StatisticsDeps["onProgress"]>>[0]) => {
        const now = Math.floor((10 * progress.writtenRows) / Math.max(1, progress.allRows));
        if (now > tenth) output.line(writtenLine(progress, language));
        tenth = Math.max(tenth, now);
      },
    },
  };
}

async function run(port: AdoptPort, wanted: AdoptArguments, deps: AdoptionDeps, signal: AbortSignal): Promise<void> {
  const say = (result: unknown, lines: (language: Language) => readonly string[]): void => {
    if (wanted.json) port.output.line(JSON.stringify(result, null, 2));
    else for (const line of lines(port.language)) port.output.line(line);
  };
  if (wanted.action === "undo") {
    const number = adoptionNumber(wanted.what);
    if (!wanted.yes) {
      const adoption = await findUndoable(deps, number);
      const { preferences: _, ...told } = adoption;
      return say({ ...told, isDone: false }, (language) => undoLines(adoption, language));
    }
    const undone = await undo(deps, number, signal);
    const { preferences: _, ...told } = undone.adoption;
    return say({ ...told, dashboard: undone.dashboard, isDone: true }, (language) => undoneLines(undone, language));
  }
  const find = findOptions(wanted, deps);
  const found = chosen(await listHistories(deps, find), wanted);
  if (wanted.mode === undefined) return say(found, (language) => foundLines(found, wanted, language));
  const requests = requestsOf(found, { ...wanted, mode: wanted.mode }, find, deps);
  if (!wanted.yes) {
    const previews: Preview[] = [];
    for (const request of requests) previews.push(await preview(deps, request));
    return say(previews, (language) => previews.flatMap((one) => previewLines(one, wanted, language)));
  }
  const outcomes: AdoptOutcome[] = [];
  for (const request of requests) outcomes.push(await adoptHistory(deps, request, signal));
  say(
    outcomes.map(({ adoption: { preferences: _, ...adoption }, ...outcome }) => ({ ...outcome, adoption })),
    (language) => outcomes.flatMap((outcome) => doneLines(outcome, language)),
  );
}

function adoptionNumber(what: string | undefined): number | null {
  if (what === undefined) return null;
  if (/^\d{1,9}$/.test(what)) return Number(what);
  throw new AdoptionRefusal("unknown_adoption", {
    fr: `« ${what} » n'est pas le numéro d'une reprise ; adopt les montre.`,
    en: `"${what}" is not the number of an adoption; adopt shows them.`,
  });
}

const isStatisticId = (what: string): boolean => /[:.]/.test(what);

function findOptions(wanted: AdoptArguments, deps: AdoptionDeps): FindOptions {
  const prefix = wanted.prefix === undefined ? {} : { prefix: wanted.prefix };
  if (wanted.what === undefined || !isStatisticId(wanted.what)) return prefix;
  const usagePoint = meterOf(wanted) ?? onlyMeter(deps.usagePoints);
  return { ...prefix, named: { statisticId: wanted.what, usagePoint, flow: "consumption" } };
}

function meterOf({ meter }: AdoptArguments): UsagePointId | null {
  if (meter === undefined) return null;
  try {
    return usagePointId(meter);
  } catch {
    throw new AdoptionRefusal("unknown_meter", {
      fr: `--meter attend les 14 chiffres d'un PDL, pas « ${meter} ».`,
      en: `--meter needs the 14 digits of a PDL, not "${meter}".`,
    });
  }
}

function onlyMeter(meters: readonly UsagePointId[]): UsagePointId {
  const [first, second] = meters;
  if (first !== undefined && second === undefined) return first;
  throw severalMeters(meters);
}

const severalMeters = (meters: readonly string[]): AdoptionRefusal =>
  new AdoptionRefusal("several_meters", {
    fr: `Dites lequel par --meter : ${meters.join(", ") || "aucun compteur n'est encore connu"}.`,
    en: `Say which one with --meter: ${meters.join(", ") || "no meter is known yet"}.`,
  });

function toolOf(what: string | undefined): FormerTool | null {
  if (what === undefined) return null;
  if (isStatisticId(what)) return "sensor";
  const tool = formerTools.find((known) => known === what.toLowerCase().replaceAll("-", "_"));
  if (tool !== undefined && tool !== "sensor") return tool;
  const known = formerTools.filter((name) => name !== "sensor");
  const meant = nearMiss(what, known);
  throw new AdoptionRefusal("unknown_tool", {
    fr: `« ${what} » n'est ni un outil connu (${known.join(", ")}) ni un identifiant de statistique${meant ? ` ; vouliez-vous dire ${meant} ?` : "."}`,
    en: `"${what}" is neither a known tool (${known.join(", ")}) nor a statistic id${meant ? `; did you mean ${meant}?` : "."}`,
  });
}

function chosen(found: readonly FoundHistory[], wanted: AdoptArguments): readonly FoundHistory[] {
  const [tool, meter] = [toolOf(wanted.what), meterOf(wanted)];
  return found.filter(
    ({ history }) => (tool === null || history.tool === tool) && (meter === null || history.usagePoint === meter),
  );
}

/** One for each flow of the meter. */
function requestsOf(
  found: readonly FoundHistory[],
  wanted: AdoptArguments & { readonly mode: AdoptionMode },
  find: FindOptions,
  deps: AdoptionDeps,
): readonly AdoptRequest[] {
  const tool = toolOf(wanted.what) ?? "sensor";
  const until = wanted.until === undefined ? null : untilOf(wanted.until);
  const meters = [...new Set(found.filter(({ history }) => history.isOurs).map(({ history }) => history.usagePoint))];
  if (meters.length > 1) throw severalMeters(meters);
  const usagePoint = meterOf(wanted) ?? meters[0] ?? found[0]?.history.usagePoint ?? onlyMeter(deps.usagePoints);
  const flows = found.filter(({ history }) => history.usagePoint === usagePoint).map(({ history }) => history.flow);
  // Without any, the use case says what is missing.
  return (flows.length > 0 ? flows : (["consumption"] as const)).map((flow) => ({
    tool,
    usagePoint,
    flow,
    mode: wanted.mode,
    until,
    find,
  }));
}

function untilOf(text: string): LocalDate {
  try {
    return localDate(text);
  } catch {
    throw new AdoptionRefusal("needs_until", {
      fr: `--until attend un jour comme 2026-01-31, pas « ${text} ».`,
      en: `--until needs a day such as 2026-01-31, not "${text}".`,
    });
  }
}
