import { addDays, clockOn } from "../domain/calendar.ts";
import type { Instant, LocalDate } from "../domain/units.ts";
import { type Clock, scaledClock, systemClock } from "../shared/clock.ts";
import type { Language, Text } from "../shared/language.ts";
import { loadState, runPass } from "../sync/pass.ts";
import { plan } from "../sync/plan/plan.ts";
import { createService, type Service, type ServiceDeps } from "../sync/service.ts";
import { progressLine } from "./progress.ts";
import type { Session } from "./session.ts";
import { statusLines } from "./status.ts";
import { colon, number } from "./words.ts";

/** The demo's time: the machine's, or the morning after the last day of a recording; faster when asked. */
export function demoClock({ recordedThrough, speed }: { recordedThrough: LocalDate | null; speed: number }): Clock {
  const start = recordedThrough === null ? systemClock.now() : morningAfter(recordedThrough);
  return recordedThrough === null && speed === 1 ? systemClock : scaledClock({ start, speed });
}

/** By half past nine everything of the last day is published. */
const morningAfter = (date: LocalDate): Instant => clockOn(addDays(date, 1), 9 * 60 + 30);

/** The simulated Home Assistant of the demo, as far as its user and its welcome need it. */
export interface DemoHomeAssistant {
  readonly url: string;
  readonly token: string;
  /** Rows that its recorder holds, by series. */
  countRows(): ReadonlyMap<string, number>;
}

export interface DemoPlaces {
  readonly gatewayUrl: string;
  /** Whether its data stay when it ends. */
  readonly keepsData: boolean;
  readonly brokerUrl: string;
  readonly homeAssistant: DemoHomeAssistant;
  /** Null for a broker of the user's own. */
  readonly brokerPort: number | null;
  /** The port that was wanted and that another program has; null where none was. */
  readonly takenPort: number | null;
}

export function demoWelcome(
  { gatewayUrl, brokerUrl, homeAssistant, takenPort }: DemoPlaces,
  language: Language,
): string[] {
  return language === "fr"
    ? [
        "Démonstration de Linky Bridge : une passerelle et un Home Assistant simulés, un vrai PostgreSQL, un vrai protocole MQTT.",
        `  passerelle simulée     : ${gatewayUrl}`,
        `  serveur MQTT           : ${brokerUrl}`,
        `  Home Assistant simulé  : ${homeAssistant.url} (ses statistiques, sans écran)`,
        ...(takenPort === null
          ? []
          : [`  Le port ${takenPort} est déjà pris : la démonstration en a choisi un autre.`]),
        "",
      ]
    : [
        "A demonstration of Linky Bridge: a simulated gateway and Home Assistant, a real PostgreSQL, the real MQTT protocol.",
        `  simulated gateway:        ${gatewayUrl}`,
        `  MQTT broker:              ${brokerUrl}`,
        `  simulated Home Assistant: ${homeAssistant.url} (its statistics, without a screen)`,
        ...(takenPort === null ? [] : [`  Port ${takenPort} is already in use: the demonstration chose another one.`]),
        "",
      ];
}

/** Where the page and the API are. */
interface Served {
  readonly pageUrl: string;
  readonly url: string;
}

/** The service of the demo. */
export type Running = Pick<Service, "lastPass" | "lastAsked" | "wake" | "request" | "trouble">;

/** Whoever follows the service of the demo. */
export interface DemoFollower {
  /** Told once there is a service to speak to. */
  readonly onStart: (running: Running) => void;
  readonly onPass: NonNullable<ServiceDeps["onPass"]>;
}

/** Fetches everything that is due while telling it, says how to look at it, then serves until stopped. */
export async function demo(
  session: Session,
  places: DemoPlaces & DemoFollower & { readonly served: Served | null },
  signal: AbortSignal,
): Promise<number> {
  const { language, output, clock } = session;
  const attempt = await session.broker?.firstAttempt();
  if (attempt && !attempt.connected) {
    output.line(`✗ MQTT${colon[language]} ${attempt.problem ?? places.brokerUrl}`);
    return 1;
  }
  const deps = {
    ...session.sync,
    onPass: places.onPass,
    onCall: (progress: Parameters<NonNullable<Session["sync"]["onCall"]>>[0]) => {
      session.sync.onCall?.(progress);
      const line = progressLine(progress, language);
      if (line !== null) output.line(line);
    },
  };
  if (places.served !== null)
    output.line(
      language === "fr"
        ? `La page se remplit à mesure : ${places.served.pageUrl}`
        : `The page fills as it goes on: ${places.served.pageUrl}`,
    );
  const startedAt = clock.now();
  const first = await runPass(deps, signal);
  places.onPass({ startedAt, completedAt: clock.now(), result: first });
  const { snapshot } = first;
  const service = createService(deps);
  places.onStart({ ...service, lastPass: () => service.lastPass() ?? first });
  output.line("");
  await tellWhatIsThere(session);
  for (const line of statisticsArrived(places.homeAssistant, language)) output.line(line);
  for (const line of statusLines(snapshot, plan(await loadState(session.sync, null)), language)) output.line(line);
  output.line("");
  for (const line of howToLook(session, places)) output.line(line);
  await service.run(signal);
  return 0;
}

/** The demo after a change of its settings: the same, with nothing told a second time. */
export async function demoAgain(
  { sync }: Session,
  { onStart, onPass }: DemoFollower,
  signal: AbortSignal,
): Promise<number> {
  const service = createService({ ...sync, onPass });
  onStart(service);
  await service.run(signal);
  return 0;
}

export const demoStopped = (keepsData: boolean): Text => ({
  fr: keepsData ? "Arrêtée." : "Arrêtée ; ses données sont effacées.",
  en: keepsData ? "Stopped." : "Stopped; its data are removed.",
});

async function tellWhatIsThere({ audit, output, language, database }: Session): Promise<void> {
  const counts = await audit.countReadings();
  const slots = counts.reduce((sum, count) => sum + count.slots, 0);
  const days = counts.reduce((sum, count) => sum + count.dailyReadings, 0);
  output.line(
    language === "fr"
      ? `Enregistré dans PostgreSQL ${database.version} : ${number(slots, "fr")} demi-heures et ${number(days, "fr")} valeurs quotidiennes.`
      : `Stored in PostgreSQL ${database.version}: ${number(slots, "en")} half-hours and ${number(days, "en")} daily values.`,
  );
  output.line(
    language === "fr"
      ? "Annoncé à Home Assistant par MQTT : un appareil par compteur, Tempo, EcoWatt et le pont."
      : "Announced to Home Assistant over MQTT: one device per meter, Tempo, EcoWatt and the bridge.",
  );
  output.line("");
}

function statisticsArrived({ countRows }: DemoHomeAssistant, language: Language): string[] {
  const rows = countRows();
  const all = [...rows.values()].reduce((sum, count) => sum + count, 0);
  return [
    language === "fr"
      ? `Écrit dans les statistiques de Home Assistant, puis relu : ${number(all, "fr")} heures en ${rows.size} séries.`
      : `Written to Home Assistant's statistics and read back: ${number(all, "en")} hours in ${rows.size} series.`,
    ...[...rows].map(([id, count]) => `  ${id}${colon[language]} ${number(count, language)}`),
    "",
  ];
}

function howToLook(
  { language, database, config }: Session,
  { brokerUrl, brokerPort, homeAssistant, served, keepsData }: DemoPlaces & { readonly served: Served | null },
): string[] {
  const api = served === null ? [] : [`  curl ${served.url}/api/energy`];
  const prefix = config.mqtt?.topicPrefix ?? "myelectricaldata";
  const at = brokerPort === null ? `-L ${brokerUrl}/#` : `-h 127.0.0.1 -p ${brokerPort} -t '#'`;
  const connected = `HOMEASSISTANT_URL=${homeAssistant.url} HOMEASSISTANT_TOKEN=${homeAssistant.token}`;
  const psql = `${database.psql} -c 'select * from consumption_daily order by date desc limit 7'`;
  return language === "fr"
    ? [
        ...(served === null ? [] : [`La page, dans votre navigateur : ${served.pageUrl}`, ""]),
        "Pour regarder, dans un autre terminal :",
        `  mosquitto_sub -v ${at}    # appareils (homeassistant/…) et états (${prefix}/…)`,
        `  ${psql}`,
        `  ${connected} npm run linky-bridge -- verify --data-dir ${config.dataDir}`,
        "    # ou status, statistics, energy (l'assistant du tableau Énergie), adopt",
        ...api,
        `La démonstration continue : les heures qui passent, demain qui est annoncé. Ctrl-C l'arrête${keepsData ? ` ; ses données restent dans ${config.dataDir}.` : " et efface ses données."}`,
      ]
    : [
        ...(served === null ? [] : [`The page, in your browser: ${served.pageUrl}`, ""]),
        "To look at it, in another terminal:",
        `  mosquitto_sub -v ${at}    # devices (homeassistant/…) and states (${prefix}/…)`,
        `  ${psql}`,
        `  ${connected} npm run linky-bridge -- verify --data-dir ${config.dataDir}`,
        "    # or status, statistics, energy (the Energy Dashboard assistant), adopt",
        ...api,
        `The demonstration goes on: hours pass, tomorrow is announced. Ctrl-C stops it${keepsData ? `; its data stay in ${config.dataDir}.` : " and removes its data."}`,
      ];
}
