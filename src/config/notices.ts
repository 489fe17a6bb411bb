import { nearMiss } from "./near-miss.ts";
import type { Option } from "./option.ts";
import { inEnvironment, type Notice, remark } from "./remark.ts";
import type { Environment } from "./sources.ts";

/** Variables the program reads that are no options. */
export const otherVariables = {
  LINKY_OPTIONS_FILE: {
    fr: "Chemin du fichier d'options (JSON, une clé par option) ; sans elle, /data/options.json s'il existe.",
    en: "Path of the options file (JSON, one key an option); without it, /data/options.json if it exists.",
  },
  LINKY_POSTGRES_BIN: {
    fr: "Dossier des programmes PostgreSQL (initdb, postgres) à employer pour la base intégrée.",
    en: "Directory of the PostgreSQL programs (initdb, postgres) to use for the built-in database.",
  },
  SUPERVISOR_TOKEN: {
    fr: "Posée par le superviseur : l'application l'emploie pour Home Assistant et le serveur MQTT, sans autre réglage.",
    en: "Set by the Supervisor: the app uses it for Home Assistant and the MQTT broker, without any other setting.",
  },
  SUPERVISOR_URL: {
    fr: "Adresse du superviseur, demandé pour le serveur MQTT ; http://supervisor sans elle. Sert aux essais.",
    en: "Address of the Supervisor, which is asked for the MQTT broker; http://supervisor without it. For trials.",
  },
  TZ: {
    fr: "Sans effet sur l'énergie : les jours et les heures d'un compteur Linky sont ceux de Paris.",
    en: "No effect on energy: the days and hours of a Linky meter are those of Paris.",
  },
} as const;

/** What the environment holds that has no effect, although its user may expect one. */
export function environmentNotices(env: Environment, all: readonly Option<unknown>[]): readonly Notice[] {
  return [...timezoneNotice(env), ...intervalNotice(env), ...misspelled(env, all)];
}

function timezoneNotice({ TZ }: Environment): readonly Notice[] {
  const zone = (TZ ?? "").trim().replace(/^:/, "");
  if (zone === "" || zone === "Europe/Paris") return [];
  return [
    remark(
      { option: "TZ", where: inEnvironment },
      {
        fr: `« ${zone} » reste sans effet sur l'énergie, toujours comptée à l'heure de Paris (Europe/Paris).`,
        en: `"${zone}" has no effect on energy, which is always counted in Paris time (Europe/Paris).`,
      },
    ),
  ];
}

function intervalNotice(env: Environment): readonly Notice[] {
  return ["MQTT_INTERVAL", "HOMEASSISTANT_INTERVAL"]
    .filter((name) => (env[name] ?? "").trim() !== "")
    .map((name) =>
      remark(
        { option: name, where: inEnvironment },
        {
          fr: "cette variable reste sans effet : une valeur est publiée dès qu'elle change ; vous pouvez la supprimer.",
          en: "this variable has no effect: a value is published as soon as it changes; you can remove it.",
        },
      ),
    );
}

/** `HOME_ASSISTANT_URL` is how many a program spells it. */
const ours = /^(MED|MQTT|LINKY|HOME_?ASSISTANT|TARIFF|VICTORIA_?METRICS|JEEDOM|PROMETHEUS)_/;

/** The environment is shared with other programs: only a near miss of one of our longer names is worth a word. */
function misspelled(env: Environment, all: readonly Option<unknown>[]): readonly Notice[] {
  const names = all.flatMap(({ env: own, fromFile }) =>
    fromFile ? [...own, ...own.map((name) => `${name}_FILE`)] : own,
  );
  const known = new Set<string>([...names, ...Object.keys(otherVariables)]);
  const prefixed = [...known].filter((name) => ours.test(name));
  return Object.keys(env).flatMap((name) => {
    if (!ours.test(name) || known.has(name)) return [];
    const meant = nearMiss(name, prefixed);
    if (meant === undefined || env[meant] !== undefined) return [];
    return [
      remark(
        { option: name, where: inEnvironment },
        {
          fr: `cette variable est inconnue et reste sans effet ; vouliez-vous dire ${meant} ?`,
          en: `this variable is unknown and has no effect; did you mean ${meant}?`,
        },
      ),
    ];
  });
}
