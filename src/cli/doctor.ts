import { problemSentence } from "../sync/problems.ts";
import type { Answer } from "../sync/source.ts";
import { HomeAssistantFailure } from "../sync/statistics/recorder.ts";
import type { Session, SourcePort } from "./session.ts";
import { colon } from "./words.ts";

interface Finding {
  readonly ok: boolean;
  readonly sentence: string;
}

/** Tries each connection by itself, and says what to do where one fails; 1 when one does. */
export async function doctor(session: Session, source: SourcePort | null, signal: AbortSignal): Promise<number> {
  const findings: Finding[] = [
    databaseFinding(session),
    ...(await gatewayFindings(session, source, signal)),
    await brokerFinding(session),
    await homeAssistantFinding(session, signal),
  ];
  for (const { ok, sentence } of findings) session.output.line(`${ok ? "✓" : "✗"} ${sentence}`);
  return findings.every((finding) => finding.ok) ? 0 : 1;
}

function databaseFinding({ database, language }: Session): Finding {
  const origins = {
    url: { fr: "la vôtre (DATABASE_URL)", en: "your own (DATABASE_URL)" },
    private: { fr: "intégrée", en: "built in" },
    guest: { fr: "intégrée, en service", en: "built in, in service" },
  };
  const origin = origins[database.origin][language];
  return {
    ok: true,
    sentence:
      language === "fr"
        ? `Base de données : PostgreSQL ${database.version}, ${origin}. Pour y regarder : ${database.psql}`
        : `Database: PostgreSQL ${database.version}, ${origin}. To look inside: ${database.psql}`,
  };
}

async function gatewayFindings(
  { config, language }: Session,
  source: SourcePort | null,
  signal: AbortSignal,
): Promise<Finding[]> {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  const { url } = config.gateway;
  if (source === null)
    return [
      {
        ok: false,
        sentence: say(
          "Passerelle : MED_CLIENT_ID et MED_CLIENT_SECRET manquent ; créez-les sur myelectricaldata.fr et donnez-les.",
          "Gateway: MED_CLIENT_ID and MED_CLIENT_SECRET are missing; make them on myelectricaldata.fr and set them.",
        ),
      },
    ];
  const ping = await source.ping(signal);
  if (ping.outcome !== "data")
    return [
      {
        ok: false,
        sentence: say(
          `Passerelle : ${url} ne répond pas (${messageOf(ping)}). Vérifiez votre connexion à Internet et l'option gateway_url (MED_API_URL).`,
          `Gateway: ${url} does not answer (${messageOf(ping)}). Check your Internet connection and the option gateway_url (MED_API_URL).`,
        ),
      },
    ];
  const findings: Finding[] = [
    {
      ok: true,
      sentence: say(
        `Passerelle : ${url} répond, version ${ping.data.version}.`,
        `Gateway: ${url} answers, version ${ping.data.version}.`,
      ),
    },
  ];
  const points = await source.listUsagePoints(signal);
  if (points.outcome === "unauthorized")
    return [...findings, { ok: false, sentence: problemSentence("credentials", language, null) }];
  if (points.outcome !== "data" || points.data.length === 0)
    return [
      ...findings,
      {
        ok: false,
        sentence:
          points.outcome === "data" || points.outcome === "no_data"
            ? problemSentence("no_usage_points", language, null)
            : say(
                `Passerelle : la liste des compteurs n'est pas venue (${messageOf(points)}).`,
                `Gateway: the list of meters did not come (${messageOf(points)}).`,
              ),
      },
    ];
  findings.push({
    ok: true,
    sentence: say(
      `Identifiants acceptés ; compteurs : ${points.data.map((point) => `${point.name ?? "?"} (${point.id})`).join(", ")}.`,
      `Credentials accepted; meters: ${points.data.map((point) => `${point.name ?? "?"} (${point.id})`).join(", ")}.`,
    ),
  });
  const usage = await source.fetchUsage(signal);
  if (usage.outcome === "data")
    findings.push({
      ok: usage.data.used < usage.data.limit,
      sentence: say(
        `Appels du jour : ${usage.data.used} sur ${usage.data.limit} (remise à zéro à minuit UTC).`,
        `Today's calls: ${usage.data.used} of ${usage.data.limit} (reset at midnight UTC).`,
      ),
    });
  return findings;
}

const messageOf = (answer: Answer<unknown>): string => ("message" in answer ? answer.message : "");

async function brokerFinding({ broker, homeAssistant, language }: Session): Promise<Finding> {
  if (broker === null && homeAssistant !== null)
    return {
      ok: true,
      sentence:
        language === "fr"
          ? "MQTT : aucun serveur n'est réglé, seules les statistiques vont dans Home Assistant. Pour les entités, donnez MQTT_BROKER, par exemple mqtt://192.168.1.10."
          : "MQTT: no broker is set, only statistics go to Home Assistant. For entities set MQTT_BROKER, mqtt://192.168.1.10 for instance.",
    };
  if (broker === null)
    return {
      ok: false,
      sentence:
        language === "fr"
          ? "MQTT : aucun serveur n'est réglé, rien ne peut paraître dans Home Assistant. Donnez MQTT_BROKER, par exemple mqtt://192.168.1.10."
          : "MQTT: no broker is set, nothing can appear in Home Assistant. Set MQTT_BROKER, mqtt://192.168.1.10 for instance.",
    };
  const { connected, problem } = await broker.firstAttempt();
  if (connected)
    return {
      ok: true,
      sentence:
        language === "fr"
          ? `MQTT : ${broker.url} accepte la connexion.`
          : `MQTT: ${broker.url} accepts the connection.`,
    };
  return { ok: false, sentence: `MQTT${colon[language]} ${problem ?? broker.url}` };
}

async function homeAssistantFinding({ homeAssistant, language }: Session, signal: AbortSignal): Promise<Finding> {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  if (homeAssistant === null)
    return {
      ok: true,
      sentence: say(
        "Home Assistant : non réglé, aucune statistique n'est écrite pour le tableau Énergie. Pour cela, donnez HOMEASSISTANT_URL et HOMEASSISTANT_TOKEN.",
        "Home Assistant: not set, no statistics are written for the Energy Dashboard. For them, set HOMEASSISTANT_URL and HOMEASSISTANT_TOKEN.",
      ),
    };
  try {
    const session = await homeAssistant.open(signal);
    await session.close();
    return {
      ok: true,
      sentence: say(
        `Home Assistant : ${homeAssistant.url} répond, version ${session.facts.version}, droits suffisants.`,
        `Home Assistant: ${homeAssistant.url} answers, version ${session.facts.version}, with sufficient rights.`,
      ),
    };
  } catch (error) {
    if (!(error instanceof HomeAssistantFailure)) throw error;
    return { ok: false, sentence: `Home Assistant${colon[language]} ${error.text[language]}` };
  }
}
