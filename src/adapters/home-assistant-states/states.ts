import { type ExportKind, stateKinds } from "../../domain/export-kind.ts";
import type { Language } from "../../shared/language.ts";
import type { Logger } from "../../shared/log.ts";
import { peerWords } from "../../shared/peer-words.ts";
import { type Finding, works } from "../../sync/checks/finding.ts";
import type { Destination } from "../../sync/exports/destination.ts";
import { ExportFailure } from "../../sync/exports/exporter.ts";
import { destinationTitles } from "../../sync/exports/words.ts";
import { createStatesApi, type StatesApi } from "./api.ts";
import { failure } from "./failure.ts";
import { statesOf } from "./snapshot-states.ts";
import { type EntityState, isOurs, isSame } from "./state.ts";

export interface StatesDestinationSettings {
  /** Of Home Assistant's API, `/api` included: `http://host:8123/api`, `http://supervisor/core/api`. No credentials. */
  readonly baseUrl: string;
  /** A long-lived token of an administrator, or the Supervisor's. */
  readonly token: string;
  readonly viaSupervisor: boolean;
  readonly language: Language;
  /** Default all that a state can tell. */
  readonly kinds?: readonly ExportKind[];
  /** For one request. Default 15 000. */
  readonly timeoutMs?: number;
  readonly log: Logger;
}

const defaultTimeoutMs = 15_000;

/**
 * Current values as states of Home Assistant, for an installation without a broker. They are of this moment alone: no
 * past can be told this way, and a restart forgets them until the next run.
 */
export function createStatesDestination(settings: StatesDestinationSettings): Destination {
  const { language, kinds = stateKinds, timeoutMs = defaultTimeoutMs } = settings;
  const api = createStatesApi({ ...settings, timeoutMs });
  return {
    name: "homeassistant_states",
    title: destinationTitles.homeassistant_states,
    address: api.url,
    isMomentary: true,
    test: (signal) => findingsOf(api, signal),
    async run({ snapshot, onBrought }, signal) {
      if (snapshot === null) return { records: 0, waitingCorrections: 0 };
      await api.requireRunning(signal);
      const states = statesOf(snapshot, { language, kinds });
      let records = 0;
      try {
        const foreign = await push(api, states, () => records++, signal);
        if (foreign.length > 0) throw failure("foreign_entity", { url: api.url, detail: listed(foreign) });
      } finally {
        if (records > 0) onBrought(records);
      }
      return { records, waitingCorrections: 0 };
    },
  };
}

/** Writes what differs from what is there; the ids that others have are left alone, and returned. */
async function push(
  api: StatesApi,
  states: readonly EntityState[],
  onSaved: () => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const foreign: string[] = [];
  for (const state of states) {
    const held = await api.load(state.entityId, signal);
    if (held !== null && !isOurs(held)) foreign.push(state.entityId);
    else if (held === null || !isSame(held, state)) {
      await api.save(state, signal);
      onSaved();
    }
  }
  return foreign;
}

const mostListed = 5;
const listed = (ids: readonly string[]): string =>
  ids.length <= mostListed ? ids.join(", ") : `${ids.slice(0, mostListed).join(", ")}… (${ids.length})`;

/** Step by step, up to the first that is in the way; nothing is written. */
async function findingsOf(api: StatesApi, signal: AbortSignal): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const version = await api.requireRunning(signal);
    const named = version === null ? "" : `, version ${peerWords(version)},`;
    findings.push(
      works(
        `Home Assistant (${api.url}) répond${named} et accepte le jeton.`,
        `Home Assistant (${api.url}) answers${named} and accepts the token.`,
      ),
    );
    await api.requireAdmin(signal);
    findings.push(works("Le jeton permet d'écrire des états.", "The token allows writing states."), lost);
  } catch (error) {
    if (!(error instanceof ExportFailure)) throw error;
    findings.push({ ok: false, text: error.text });
  }
  return findings;
}

const lost = works(
  "Ce qui manque par rapport à la découverte MQTT : ni appareil, ni identifiant unique (ces entités ne peuvent être ni renommées ni rangées dans une pièce), rien après un redémarrage de Home Assistant jusqu'à l'envoi suivant, et aucun historique du passé. Préférez MQTT si vous avez un serveur MQTT.",
  "What is missing compared with MQTT discovery: no device, no unique id (these entities can neither be renamed nor put into a room), nothing after a restart of Home Assistant until the next export, and no history of the past. Prefer MQTT if you have a broker.",
);
