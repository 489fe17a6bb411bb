import { nearMiss } from "../config/near-miss.ts";
import { localDate } from "../domain/calendar.ts";
import { type LocalDate, type UsagePointId, usagePointId } from "../domain/units.ts";
import type { Language, Text } from "../shared/language.ts";
import { type AdoptOutcome, adopt as adoptHistory } from "../sync/adoption/adopt.ts";
import type { AdoptionDeps } from "../sync/adoption/deps.ts";
import type { FindOptions } from "../sync/adoption/find.ts";
import { findHalfDone } from "../sync/adoption/half-written.ts";
import { type FoundHistory, listHistories } from "../sync/adoption/list.ts";
import { adoptionDeps } from "../sync/adoption/open.ts";
import { type AdoptRequest, nothingFound } from "../sync/adoption/prepare.ts";
import { type Preview, preview } from "../sync/adoption/preview.ts";
import { AdoptionRefusal, retryCodes } from "../sync/adoption/refusal.ts";
import type { Adoption, AdoptionMode } from "../sync/adoption/store.ts";
import { type FormerTool, formerTools } from "../sync/adoption/tools.ts";
import { findUndoable, undo } from "../sync/adoption/undo.ts";
import { HomeAssistantFailure } from "../sync/statistics/recorder.ts";
import type { StatisticsDeps } from "../sync/statistics/run.ts";
import { doneLines, interruptedText, stepLine, undoLines, undoneLines, writtenLine } from "./adopt-done-words.ts";
import { previewLines } from "./adopt-preview-words.ts";
import { foundLines } from "./adopt-words.ts";
import type { Output } from "./session.ts";
import { typed } from "./words.ts";

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
    // Whatever it was that broke off with it.
    if (signal.aborted) return interrupted(port, wanted);
    if (error instanceof AdoptionRefusal) return fail(port, wanted, error, retryCodes.includes(error.code) ? 1 : 2);
    if (error instanceof HomeAssistantFailure) return failedBy(port, wanted, error);
    throw error;
  }
}

/** One sentence: what the user's interruption leaves. */
async function interrupted(port: AdoptPort, wanted: AdoptArguments): Promise<number> {
  const adoption = await halfDone(port, wanted);
  const { fr, en } = interruptedText(adoption);
  const text = { fr: `Interrompu : ${fr}.`, en: `Interrupted: ${en}.` };
  return fail(port, wanted, { code: "interrupted", text, adoption: adoption?.id ?? null }, 1);
}

/** What Home Assistant did, and what it leaves half done. */
async function failedBy(port: AdoptPort, wanted: AdoptArguments, error: HomeAssistantFailure): Promise<number> {
  const code = `home_assistant_${error.reason}`;
  const adoption = await halfDone(port, wanted);
  if (adoption === null) return fail(port, wanted, { code, text: error.text }, 1);
  const { fr, en } = interruptedText(adoption);
  const text = {
    fr: `${error.text.fr}\nInterrompu : ${fr}.`,
    en: `${error.text.en}\nInterrupted: ${en}.`,
  };
  return fail(port, wanted, { code, text, adoption: adoption.id }, 1);
}

const halfDone = async ({ statistics }: AdoptPort, { yes }: AdoptArguments): Promise<Adoption | null> =>
  yes && statistics !== null ? findHalfDone(statistics.store) : null;

interface Fault {
  readonly code: string;
  readonly text: Text;
  /** To be typed next, without the program's name. */
  readonly command?: string | null;
  /** The number of what is left half done; null: nothing is. */
  readonly adoption?: number | null;
}

function fail(
  { output, language }: AdoptPort,
  { json }: AdoptArguments,
  { code, text, command = null, adoption }: Fault,
  exitCode: number,
): number {
  const next = command === null ? null : typed(command);
  if (json) {
    const more = { ...(next === null ? {} : { command: next }), ...(adoption === undefined ? {} : { adoption }) };
    output.line(JSON.stringify({ error: { code, ...text, ...more } }, null, 2));
    return exitCode;
  }
  output.line(text[language]);
  if (next !== null) output.line(`  ${next}`);
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
    const { dashboard, ownSeries } = undone;
    return say({ ...told, dashboard, ownSeries, isDone: true }, (language) => undoneLines(undone, language));
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
  for (const request of requests) {
    const outcome = await adoptHistory(deps, request, signal);
    outcomes.push(outcome);
    // Said at once: the next one may fail.
    if (!wanted.json) for (const line of doneLines(outcome, wanted, port.language)) port.output.line(line);
  }
  const told = outcomes.map(({ adoption: { preferences: _, ...adoption }, ...outcome }) => ({ ...outcome, adoption }));
  if (wanted.json) port.output.line(JSON.stringify(told, null, 2));
}

function adoptionNumber(what: string | undefined): number | null {
  if (what === undefined) return null;
  if (/^\d{1,9}$/.test(what)) return Number(what);
  throw new AdoptionRefusal("unknown_adoption", {
    fr: `« ${what} » n'est pas le numéro d'une reprise ; ${typed("adopt")} les montre.`,
    en: `"${what}" is not the number of an adoption; ${typed("adopt")} shows them.`,
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

function severalMeters(meters: readonly string[]): AdoptionRefusal {
  if (meters.length === 0)
    return new AdoptionRefusal(
      "unknown_meter",
      {
        fr: "Linky Bridge ne connaît encore aucun compteur : faites d'abord une première relève.",
        en: "Linky Bridge knows no meter yet: let it read first.",
      },
      "sync",
    );
  return new AdoptionRefusal("several_meters", {
    fr: `Dites de quel compteur par --meter : ${meters.join(", ")}.`,
    en: `Say of which meter with --meter: ${meters.join(", ")}.`,
  });
}

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
  if (found.length === 0 && wanted.meter === undefined) throw nothingFound(tool, find, null);
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
