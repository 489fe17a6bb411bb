import { peerWords } from "../../shared/peer-words.ts";
import { type Finding, fails, works } from "../../sync/checks/finding.ts";
import { JeedomFailure, type JeedomReason } from "./failure.ts";
import type { Jeedom } from "./jeedom.ts";

/** What lies between us and the history of the box, in the order in which it is met. */
type Hop = "address" | "key" | "plugin";

/** At which hop a reason stops; any that is not named stops at the first. */
const hops: Partial<Readonly<Record<JeedomReason, Hop>>> = {
  api_disabled: "key",
  key_refused: "key",
  key_restricted: "key",
  method_blocked: "key",
  no_right: "key",
  refused: "key",
  plugin_missing: "plugin",
  clock_differs: "plugin",
};

/** What the box tells of itself, hop by hop, up to the first that is in the way. Nothing is written. */
export async function findingsOf(jeedom: Jeedom, signal: AbortSignal): Promise<readonly Finding[]> {
  const { url } = jeedom;
  try {
    const facts = await jeedom.test(signal);
    const version = peerWords(facts.version);
    return [
      answers(url),
      ...keyWorks,
      works(`Sa version est ${version}.`, `Its version is ${version}.`),
      zoneFinding(peerWords(facts.timeZone), facts.timeZoneIsTold),
      pluginWorks,
      ...(await equipmentFindings(jeedom, signal)),
    ];
  } catch (error) {
    if (!(error instanceof JeedomFailure)) throw error;
    const hop = hops[error.reason] ?? "address";
    const before = hop === "address" ? [] : hop === "key" ? [answers(url)] : [answers(url), ...keyWorks];
    return [...before, { ok: false, text: error.text }];
  }
}

const answers = (url: string): Finding =>
  works(`${url} répond, et c'est l'API de Jeedom.`, `${url} answers, and it is the API of Jeedom.`);

const keyWorks: readonly Finding[] = [
  works("La clé API est acceptée et n'est pas restreinte.", "The API key is accepted and not restricted."),
];

const pluginWorks = works("Le plugin Virtuel est actif.", "The plugin Virtuel is active.");

const zoneFinding = (zone: string, isTold: boolean): Finding =>
  isTold
    ? works(`L'historique y est daté dans le fuseau ${zone}.`, `History is dated there in the zone ${zone}.`)
    : works(
        `Cette clé ne permet pas de lire le fuseau horaire de Jeedom : ${zone} est supposé, et vérifié quand les commandes sont créées. S'il en a un autre, écrivez-le dans jeedom_timezone.`,
        `This key does not allow reading Jeedom's time zone: ${zone} is assumed, and checked when the commands are made. If it has another one, write it in jeedom_timezone.`,
      );

async function equipmentFindings(jeedom: Jeedom, signal: AbortSignal): Promise<readonly Finding[]> {
  const own = await jeedom.equipment(signal);
  if (own.length === 0)
    return [
      works(
        "Aucun équipement n'y est encore ; ils sont créés au premier export, ce que seule une clé de plugin ou d'administrateur permet.",
        "There is no equipment yet; it is made by the first export, which only the key of a plugin or of an administrator allows.",
      ),
    ];
  return own.map((row) => {
    const name = peerWords(row.name);
    return row.isEnabled
      ? works(`L'équipement « ${name} » est là et activé.`, `The equipment "${name}" is there and enabled.`)
      : fails(
          `L'équipement « ${name} » est désactivé : Jeedom jette ce qu'il reçoit pour lui. Cochez « Activer » dans Plugins > Programmation > Virtuel.`,
          `The equipment "${name}" is disabled: Jeedom throws away what it receives for it. Tick "Activate" in Plugins > Programming > Virtuel.`,
        );
  });
}
