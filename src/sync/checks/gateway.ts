import type { Text } from "../../shared/language.ts";
import { problemText } from "../problems.ts";
import type { Answer, Source } from "../source.ts";
import { type Finding, fails, works } from "./finding.ts";

export type GatewayPort = Pick<Source, "ping" | "listUsagePoints" | "fetchUsage">;

/** Whether the gateway answers, takes the credentials, knows meters and has calls left, as far as each step lets us go. */
export async function gatewayFindings(
  { url, source }: { readonly url: string; readonly source: GatewayPort | null },
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (source === null) return [noCredentials];
  const ping = await source.ping(signal);
  if (ping.outcome !== "data") return [unreachable(url, messageOf(ping))];
  const answers = works(
    `Passerelle : ${url} répond, version ${ping.data.version}.`,
    `Gateway: ${url} answers, version ${ping.data.version}.`,
  );
  const points = await source.listUsagePoints(signal);
  if (points.outcome !== "data" || points.data.length === 0) return [answers, withoutMeters(points)];
  const meters = points.data.map((point) => `${point.name ?? "?"} (${point.id})`).join(", ");
  const known = works(`Identifiants acceptés ; compteurs : ${meters}.`, `Credentials accepted; meters: ${meters}.`);
  const usage = await source.fetchUsage(signal);
  return [answers, known, ...(usage.outcome === "data" ? [callsLeft(usage.data)] : [])];
}

const noCredentials = fails(
  "Passerelle : MED_CLIENT_ID et MED_CLIENT_SECRET manquent ; créez-les sur myelectricaldata.fr et donnez-les.",
  "Gateway: MED_CLIENT_ID and MED_CLIENT_SECRET are missing; make them on myelectricaldata.fr and set them.",
);

const unreachable = (url: string, message: string): Finding =>
  fails(
    `Passerelle : ${url} ne répond pas (${message}). Vérifiez votre connexion à Internet et l'option gateway_url (MED_API_URL).`,
    `Gateway: ${url} does not answer (${message}). Check your Internet connection and the option gateway_url (MED_API_URL).`,
  );

function withoutMeters(points: Answer<unknown>): Finding {
  const told = (text: Text): Finding => ({ ok: false, text });
  if (points.outcome === "unauthorized") return told(problemText("credentials", null));
  if (points.outcome === "data" || points.outcome === "no_data") return told(problemText("no_usage_points", null));
  return fails(
    `Passerelle : la liste des compteurs n'est pas venue (${messageOf(points)}).`,
    `Gateway: the list of meters did not come (${messageOf(points)}).`,
  );
}

const callsLeft = ({ used, limit }: { readonly used: number; readonly limit: number }): Finding => ({
  ok: used < limit,
  text: {
    fr: `Appels du jour : ${used} sur ${limit} (remise à zéro à minuit UTC).`,
    en: `Today's calls: ${used} of ${limit} (reset at midnight UTC).`,
  },
});

const messageOf = (answer: Answer<unknown>): string => ("message" in answer ? answer.message : "");
