import { peerWords } from "../../shared/peer-words.ts";
import { type Finding, fails, works } from "../../sync/checks/finding.ts";
import { ExportFailure } from "../../sync/exports/exporter.ts";
import type { ServerFlags } from "./flags.ts";
import type { Server } from "./server.ts";
import type { VictoriaMetricsSettings } from "./settings.ts";

const dayMs = 86_400_000;
/** What the grid operator gives of the past. */
export const meterHistoryMs = 3 * 366 * dayMs;

/** Tries each way that an export takes, and writes nothing. Without a way in the others are not tried. */
export async function check(
  server: Server,
  { clock, corrections }: Pick<VictoriaMetricsSettings, "clock" | "corrections">,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const entry = await attempt(() => server.requireLogin(signal), loginWorks(server));
  if (!entry.ok) return isAnswer(entry) ? [reached(server), entry.finding] : [entry.finding];
  const now = clock.now();
  const steps = [
    await attempt(() => server.requireWrite(signal), writeWorks(server)),
    await attempt(() => server.requireRead({ from: now - dayMs, to: now }, signal), readWorks(server)),
    ...(corrections === "replace" ? [await attempt(() => server.requireDelete(signal), deleteWorks(server))] : []),
  ];
  const flags = await server.flags(signal);
  return [reached(server), entry.finding, ...steps.map(({ finding }) => finding), ...flagFindings(flags)];
}

type Attempt =
  | { readonly ok: true; readonly finding: Finding }
  | { readonly ok: false; readonly finding: Finding; readonly reason: string };

async function attempt(action: () => Promise<void>, finding: Finding): Promise<Attempt> {
  try {
    await action();
    return { ok: true, finding };
  } catch (error) {
    if (!(error instanceof ExportFailure)) throw error;
    return { ok: false, finding: { ok: false, text: error.text }, reason: error.reason };
  }
}

/** Whether somebody answered, if only to refuse. */
const isAnswer = (attempt: Attempt): boolean => !attempt.ok && attempt.reason !== "unreachable";

const reached = (server: Server): Finding =>
  works(`${server.urlOf("read")} répond.`, `${server.urlOf("read")} answers.`);
const loginWorks = (server: Server): Finding =>
  works(
    `Une vraie requête y est acceptée (${server.urlOf("read")}) : les identifiants conviennent, ou il n'en faut pas.`,
    `A real query is accepted there (${server.urlOf("read")}): the credentials are right, or none are needed.`,
  );
const writeWorks = (server: Server): Finding =>
  works(
    `L'adresse d'écriture accepte un envoi vide (${server.urlOf("write")}).`,
    `The address to write to accepts an empty import (${server.urlOf("write")}).`,
  );
const readWorks = (server: Server): Finding =>
  works(
    `La relecture fonctionne (${server.urlOf("read")}) : chaque envoi sera vérifié.`,
    `Reading back works (${server.urlOf("read")}): whatever is sent will be verified.`,
  );
const deleteWorks = (server: Server): Finding =>
  works(
    `L'effacement est permis (${server.urlOf("delete")}) : une valeur corrigée pourra remplacer l'ancienne.`,
    `Deletion is allowed (${server.urlOf("delete")}): a corrected value can take the place of the former one.`,
  );

function flagFindings({ retention, retentionMs, dedupMs }: ServerFlags): readonly Finding[] {
  if (retentionMs === null && dedupMs === null)
    return [
      works(
        "Les réglages du serveur ne se lisent pas ici : chaque envoi est précédé et suivi d'une relecture. Vérifiez qu'il est démarré avec -retentionPeriod=100y -dedup.minScrapeInterval=1ms.",
        "The server's settings cannot be read here: whatever is sent is read back before and after. See that it is started with -retentionPeriod=100y -dedup.minScrapeInterval=1ms.",
      ),
    ];
  return [
    ...(retentionMs === null ? [] : [retentionFinding(peerWords(retention ?? ""), retentionMs)]),
    ...(dedupMs === null ? [] : [dedupFinding(dedupMs)]),
  ];
}

const retentionFinding = (retention: string, retentionMs: number): Finding =>
  retentionMs < meterHistoryMs
    ? fails(
        `Il ne garde pas les valeurs assez longtemps (-retentionPeriod=${retention}) pour trois ans d'historique : les plus anciennes seraient jetées sans un mot. Redémarrez-le avec -retentionPeriod=100y.`,
        `It does not keep values long enough (-retentionPeriod=${retention}) for three years of history: the oldest would be thrown away without a word. Start it again with -retentionPeriod=100y.`,
      )
    : works(
        `Il garde les valeurs assez longtemps (-retentionPeriod=${retention}).`,
        `It keeps values long enough (-retentionPeriod=${retention}).`,
      );

function dedupFinding(dedupMs: number): Finding {
  if (dedupMs === 0)
    return works(
      "Il garde les doublons (-dedup.minScrapeInterval absent) : tout reste juste, mais chaque envoi est précédé d'une relecture. Avec -dedup.minScrapeInterval=1ms, elle devient inutile.",
      "It keeps duplicates (-dedup.minScrapeInterval is absent): all stays right, but whatever is sent is read back first. With -dedup.minScrapeInterval=1ms that is no longer needed.",
    );
  if (dedupMs <= 1)
    return works(
      "Il écarte les doublons (-dedup.minScrapeInterval=1ms).",
      "It leaves duplicates out (-dedup.minScrapeInterval=1ms).",
    );
  return fails(
    `Il ne garde qu'une valeur par intervalle de ${dedupMs / 1000} s (-dedup.minScrapeInterval) : à partir de 30 minutes, des demi-heures sont perdues. Redémarrez-le avec -dedup.minScrapeInterval=1ms.`,
    `It keeps one value of each ${dedupMs / 1000} s only (-dedup.minScrapeInterval): from 30 minutes on, half-hours are lost. Start it again with -dedup.minScrapeInterval=1ms.`,
  );
}
