import type { Language, Text } from "../shared/language.ts";
import { brokerFinding } from "../sync/checks/broker.ts";
import { type Finding, works } from "../sync/checks/finding.ts";
import { gatewayFindings } from "../sync/checks/gateway.ts";
import { homeAssistantFinding } from "../sync/checks/home-assistant.ts";
import type { DestinationName } from "../sync/exports/destination.ts";
import { trialFindings } from "../sync/exports/trial.ts";
import { destinationTitles } from "../sync/exports/words.ts";
import { behind } from "./export.ts";
import type { BrokerPort, Output, Session, SourcePort } from "./session.ts";

interface DoctorPort {
  readonly language: Language;
  readonly output: Output;
  readonly json: boolean;
}

/** Tries each connection by itself, and says what to do where one fails; 1 when one does. */
export async function doctor(
  session: Session,
  { source, json }: { readonly source: SourcePort | null; readonly json: boolean },
  signal: AbortSignal,
): Promise<number> {
  const { broker, config, destinations, homeAssistant } = session;
  const findings: Finding[] = [
    databaseFinding(session),
    ...(await gatewayFindings({ url: config.gateway.url, source }, signal)),
    await brokerFinding(broker && attemptOf(broker), { homeAssistant: homeAssistant !== null }),
    await homeAssistantFinding(homeAssistant, signal),
  ];
  for (const destination of destinations)
    for (const { ok, text } of await trialFindings(destination, signal))
      findings.push({ ok, text: behind(destination.title, text) });
  return tell(findings, { ...session, json });
}

export interface DoctorWithoutDatabasePort extends DoctorPort {
  readonly dataDir: string;
  readonly destinations: readonly DestinationName[];
  readonly tryConnection: (name: "gateway" | "mqtt" | "homeassistant" | DestinationName) => Promise<readonly Finding[]>;
}

/** The same where nothing was ever fetched, making no database; its lack alone is no failure. */
export async function doctorWithoutDatabase(port: DoctorWithoutDatabasePort): Promise<number> {
  const { dataDir, destinations, tryConnection } = port;
  const findings: Told[] = [{ ok: null, text: noDatabase(dataDir) }];
  for (const name of ["gateway", "mqtt", "homeassistant"] as const) findings.push(...(await tryConnection(name)));
  for (const name of destinations)
    for (const { ok, text } of await tryConnection(name))
      findings.push({ ok, text: behind(destinationTitles[name], text) });
  return tell(findings, port);
}

/** `ok` is null of what is neither well nor wrong. */
interface Told {
  readonly ok: boolean | null;
  readonly text: Text;
}

function tell(findings: readonly Told[], { language, output, json }: DoctorPort): number {
  if (json)
    output.line(
      JSON.stringify(
        findings.map(({ ok, text: { fr, en } }) => ({ ok, fr, en })),
        null,
        2,
      ),
    );
  else for (const { ok, text } of findings) output.line(`${ok === null ? "–" : ok ? "✓" : "✗"} ${text[language]}`);
  return findings.some(({ ok }) => ok === false) ? 1 : 0;
}

const noDatabase = (dataDir: string): Text => ({
  fr: `Base de données : il n'y en a pas encore dans ${dataDir} ; start la crée, ou donnez un autre dossier par --data-dir.`,
  en: `Database: there is none yet in ${dataDir}; start makes it, or name another directory with --data-dir.`,
});

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
