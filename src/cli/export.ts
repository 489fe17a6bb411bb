import type { Language, Text } from "../shared/language.ts";
import type { Destination, DestinationName, ExportRun } from "../sync/exports/destination.ts";
import type { ExportFeeder } from "../sync/exports/feeder.ts";
import { trialFindings } from "../sync/exports/trial.ts";
import { destinationTitles } from "../sync/exports/words.ts";
import type { Snapshot } from "../sync/snapshot.ts";
import type { ExportCommand } from "./command.ts";
import type { Session } from "./session.ts";
import { number } from "./words.ts";

export interface ExportPort extends Pick<Session, "destinations" | "language" | "output"> {
  readonly feederOf: (destination: Destination) => ExportFeeder;
  /** What current states are made of. */
  readonly snapshot: () => Promise<Snapshot>;
}

/** Brings one destination, or all that are set, what they lack; 1 when one did not take it, 2 when none is set. */
export async function exportNow(port: ExportPort, { what, json }: ExportCommand): Promise<number> {
  const { destinations, language, output, feederOf, snapshot } = port;
  const chosen = destinations.filter(({ name }) => what === undefined || name === what);
  if (chosen.length === 0) {
    output.line(json ? "[]" : nothingSet(what)[language]);
    return 2;
  }
  const runs: { readonly destination: Destination; readonly run: ExportRun | null }[] = [];
  for (const destination of chosen) {
    const feeder = feederOf(destination);
    await feeder.publish(await snapshot());
    const run = await feeder.runNow();
    await feeder.close();
    if (!json) output.line(lineOf(destination, run, language));
    runs.push({ destination, run });
  }
  if (json) output.line(JSON.stringify(runs.map(jsonOf), null, 2));
  return runs.every(({ run }) => run?.problem === null) ? 0 : 1;
}

/** Tries one destination step by step; 1 when a step fails, 2 when it is not set. */
export async function testExport(
  { destinations, language, output }: Pick<ExportPort, "destinations" | "language" | "output">,
  name: DestinationName,
  signal: AbortSignal,
): Promise<number> {
  const destination = destinations.find((known) => known.name === name);
  if (destination === undefined) {
    output.line(nothingSet(name)[language]);
    return 2;
  }
  const findings = await trialFindings(destination, signal);
  for (const { ok, text } of findings) output.line(`${ok ? "✓" : "✗"} ${text[language]}`);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

/** Names whom a sentence is about, unless its first word does. */
export const behind = (title: Text, { fr, en }: Text): Text => ({
  fr: fr.startsWith(`${title.fr} `) ? fr : `${title.fr} : ${fr}`,
  en: en.startsWith(`${title.en} `) ? en : `${title.en}: ${en}`,
});

function lineOf({ title }: Destination, run: ExportRun | null, language: Language): string {
  const sign = run?.problem === null ? "✓" : "✗";
  const text = run === null ? busyElsewhere : (run.problem ?? broughtText(run.records));
  return `${sign} ${behind(title, text)[language]}`;
}

const busyElsewhere: Text = {
  fr: "un autre processus y exporte en ce moment (le service ?) ; réessayez dans un instant.",
  en: "another process is exporting there now (the service?); try again in a moment.",
};

function broughtText(records: number): Text {
  if (records === 0) return { fr: "rien à envoyer, tout y est.", en: "nothing to send, all is there." };
  return {
    fr: `${number(records, "fr")} ${records > 1 ? "valeurs envoyées et relues" : "valeur envoyée et relue"}.`,
    en: `${number(records, "en")} ${records > 1 ? "values" : "value"} sent and read back.`,
  };
}

const jsonOf = ({ destination, run }: { readonly destination: Destination; readonly run: ExportRun | null }) => ({
  destination: destination.name,
  status: run?.status ?? "busy",
  records: run?.records ?? 0,
  problem: run?.problem ?? null,
});

const nothingSet = (name: DestinationName | undefined): Text =>
  name === undefined
    ? {
        fr: "Aucune destination secondaire n'est réglée : donnez par exemple VICTORIAMETRICS_URL, ou JEEDOM_URL et JEEDOM_API_KEY.",
        en: "No secondary destination is set: give VICTORIAMETRICS_URL for instance, or JEEDOM_URL and JEEDOM_API_KEY.",
      }
    : {
        fr: `${destinationTitles[name].fr} : cette destination n'est pas réglée ou elle est éteinte ; commencez par ${firstOption(name)}.`,
        en: `${destinationTitles[name].en}: this destination is not set up or switched off; begin with ${firstOption(name)}.`,
      };

const firstOption = (name: DestinationName): string =>
  name === "homeassistant_states" ? "HOMEASSISTANT_STATES_ENABLED=true" : `${name.toUpperCase()}_URL`;
