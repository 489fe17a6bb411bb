import { brokerFinding } from "../sync/checks/broker.ts";
import { type Finding, works } from "../sync/checks/finding.ts";
import { gatewayFindings } from "../sync/checks/gateway.ts";
import { homeAssistantFinding } from "../sync/checks/home-assistant.ts";
import { trialFindings } from "../sync/exports/trial.ts";
import { behind } from "./export.ts";
import type { BrokerPort, Session, SourcePort } from "./session.ts";

/** Tries each connection by itself, and says what to do where one fails; 1 when one does. */
export async function doctor(session: Session, source: SourcePort | null, signal: AbortSignal): Promise<number> {
  const { broker, config, destinations, homeAssistant, language, output } = session;
  const findings: Finding[] = [
    databaseFinding(session),
    ...(await gatewayFindings({ url: config.gateway.url, source }, signal)),
    await brokerFinding(broker && attemptOf(broker), { homeAssistant: homeAssistant !== null }),
    await homeAssistantFinding(homeAssistant, signal),
  ];
  for (const destination of destinations)
    for (const { ok, text } of await trialFindings(destination, signal))
      findings.push({ ok, text: behind(destination.title, text) });
  for (const { ok, text } of findings) output.line(`${ok ? "✓" : "✗"} ${text[language]}`);
  return findings.every((finding) => finding.ok) ? 0 : 1;
}

function databaseFinding({ database: { origin, psql, version } }: Session): Finding {
  const { fr, en } = {
    url: { fr: "la vôtre (DATABASE_URL)", en: "your own (DATABASE_URL)" },
    private: { fr: "intégrée", en: "built in" },
    guest: { fr: "intégrée, en service", en: "built in, in service" },
  }[origin];
  return works(
    `Base de données : PostgreSQL ${version}, ${fr}. Pour y regarder : ${psql}`,
    `Database: PostgreSQL ${version}, ${en}. To look inside: ${psql}`,
  );
}

/** The command's own connection, which tells its problem in the language of the session. */
const attemptOf = ({ url, firstAttempt }: BrokerPort) => ({
  url,
  connect: async () => {
    const { connected, problem } = await firstAttempt();
    const sentence = problem ?? url;
    return connected ? null : { fr: sentence, en: sentence };
  },
});
