import assert from "node:assert/strict";
import { test } from "node:test";
import { parseArguments, spokenLanguage } from "../../src/cli/arguments.ts";
import { usage } from "../../src/cli/usage.ts";

const words = (line: string): string[] => line.split(" ").filter((word) => word !== "");

const accepted: readonly [line: string, command: object][] = [
  ["", { name: "help" }],
  ["help", { name: "help" }],
  ["help demo", { name: "help" }],
  ["start --help", { name: "help" }],
  ["-h", { name: "help" }],
  ["--version", { name: "version" }],
  ["-v", { name: "version" }],
  ["start", { name: "start" }],
  ["sync --language en", { name: "sync", language: "en" }],
  ["--language=fr doctor", { name: "doctor", language: "fr", json: false }],
  ["doctor --json", { name: "doctor", json: true }],
  [
    "start --data-dir /srv/linky --options /etc/linky.json",
    { name: "start", dataDir: "/srv/linky", optionsPath: "/etc/linky.json" },
  ],
  ["status", { name: "status", json: false }],
  ["status --json", { name: "status", json: true }],
  ["verify --json", { name: "verify", json: true }],
  ["verify --registers index.csv", { name: "verify", json: false, registers: "index.csv" }],
  ["statistics --json", { name: "statistics", json: true }],
  ["energy", { name: "energy", action: "show", replace: [], anyway: false, yes: false, json: false }],
  [
    "energy apply --replace sensor.a --replace linky:1 --yes",
    { name: "energy", action: "apply", replace: ["sensor.a", "linky:1"], anyway: false, yes: true, json: false },
  ],
  ["energy apply --anyway", { name: "energy", action: "apply", replace: [], anyway: true, yes: false, json: false }],
  ["energy undo --yes", { name: "energy", action: "undo", replace: [], anyway: false, yes: true, json: false }],
  ["adopt", { name: "adopt", action: "show", yes: false, json: false }],
  [
    "adopt ha_linky --copy --meter 12345678901234 --yes",
    { name: "adopt", action: "adopt", what: "ha_linky", mode: "copy", meter: "12345678901234", yes: true, json: false },
  ],
  [
    "adopt sensor.tic --copy --until 2026-01-31",
    { name: "adopt", action: "adopt", what: "sensor.tic", mode: "copy", until: "2026-01-31", yes: false, json: false },
  ],
  ["prices --at 2026-02-01", { name: "prices", at: "2026-02-01", json: false }],
  ["bill", { name: "bill", json: false }],
  ["bill --month 2026-10 --invoice 84.20", { name: "bill", month: "2026-10", invoice: "84.20", json: false }],
  ["explain 2026-11-20 22:30", { name: "explain", at: "2026-11-20 22:30", json: false }],
  [
    "compare --from 2025-11-01 --to 2026-10-31 --what-if 1H00-9H00",
    { name: "compare", from: "2025-11-01", to: "2026-10-31", whatIf: "1H00-9H00", json: false },
  ],
  ["backup", { name: "backup" }],
  ["backup --to /media/backup", { name: "backup", to: "/media/backup" }],
  ["password", { name: "password", stdin: false }],
  ["password --stdin", { name: "password", stdin: true }],
  ["token", { name: "token", action: "list", json: false }],
  ["token list --json", { name: "token", action: "list", json: true }],
  ["token create grafana", { name: "token", action: "create", what: "grafana", json: false }],
  ["token revoke grafana", { name: "token", action: "revoke", what: "grafana", json: false }],
  ["secrets rotate", { name: "secrets", action: "rotate" }],
  ["export", { name: "export", json: false }],
  ["export Jeedom --json", { name: "export", what: "jeedom", json: true }],
  ["test-export homeassistant_states", { name: "test-export", what: "homeassistant_states" }],
  ["restore /media/a.dump --yes", { name: "restore", what: "/media/a.dump", yes: true }],
  ["adopt undo 3", { name: "adopt", action: "undo", what: "3", yes: false, json: false }],
  ["demo", { name: "demo" }],
  [
    "demo --play a.csv --mqtt mqtt://u:p@h --speed 3600 --data /tmp/d --port 1883",
    { name: "demo", play: "a.csv", mqtt: "mqtt://u:p@h", speed: 3600, data: "/tmp/d", port: 1883 },
  ],
];

for (const [line, command] of accepted)
  test(`« ${line} » is understood`, () => {
    assert.deepEqual(parseArguments(words(line)), command);
  });

const refused: readonly [line: string, fr: string, en: string][] = [
  ["energy aply", "commande inconnue : aply ; vouliez-vous dire apply ?", "unknown command: aply; did you mean apply?"],
  [
    "prices --at hier",
    "--at attend un jour comme 2026-02-01, pas « hier ».",
    '--at needs a day such as 2026-02-01, not "hier".',
  ],
  [
    "restore",
    "restore attend une sauvegarde, par exemple : restore /data/backup.",
    "restore needs a backup, for example: restore /data/backup.",
  ],
  [
    "explain",
    'explain attend une heure, par exemple : explain "2026-11-20 22:30".',
    'explain needs an hour, for example: explain "2026-11-20 22:30".',
  ],
  [
    "energy --yes",
    "l'option --yes va avec energy apply ou energy undo ; « linky-bridge help » montre ce qui est possible.",
    'the option --yes goes with energy apply or energy undo; "linky-bridge help" shows what is possible.',
  ],
  [
    "energy undo --replace sensor.a",
    "l'option --replace va avec energy apply ; « linky-bridge help » montre ce qui est possible.",
    'the option --replace goes with energy apply; "linky-bridge help" shows what is possible.',
  ],
  [
    "adopt ha_linky --continue --copy",
    "choisissez --continue ou --copy, pas les deux à la fois ; « linky-bridge help » montre ce qui est possible.",
    'choose --continue or --copy, not both at once; "linky-bridge help" shows what is possible.',
  ],
  [
    "adopt ha_linky encore",
    "« encore » est de trop après adopt ; « linky-bridge help » montre ce qui est possible.",
    '"encore" is too much after adopt; "linky-bridge help" shows what is possible.',
  ],
  [
    "token create",
    "token create attend un nom, par exemple : token create grafana.",
    "token create needs a name, for example: token create grafana.",
  ],
  [
    "token revok x",
    "commande inconnue : revok ; vouliez-vous dire revoke ?",
    "unknown command: revok; did you mean revoke?",
  ],
  [
    "token list x",
    "« x » est de trop après token ; « linky-bridge help » montre ce qui est possible.",
    '"x" is too much after token; "linky-bridge help" shows what is possible.',
  ],
  [
    "export jedom",
    "destination inconnue : jedom ; vouliez-vous dire jeedom ?",
    "unknown destination: jedom; did you mean jeedom?",
  ],
  [
    "test-export",
    "test-export attend une destination : victoriametrics, jeedom, homeassistant_states.",
    "test-export needs a destination: victoriametrics, jeedom, homeassistant_states.",
  ],
  [
    "test-export jeedom --json",
    "l'option --json ne va pas avec test-export ; « linky-bridge help » montre ce qui est possible.",
    'the option --json does not go with test-export; "linky-bridge help" shows what is possible.',
  ],
  [
    "secrets",
    "secrets attend rotate : secrets rotate change la clé des secrets.",
    "secrets needs rotate: secrets rotate changes the key of secrets.",
  ],
  [
    "password hunter2-in-the-history",
    "« hunter2-in-the-history » est de trop après password ; « linky-bridge help » montre ce qui est possible.",
    '"hunter2-in-the-history" is too much after password; "linky-bridge help" shows what is possible.',
  ],
  ["strat", "commande inconnue : strat ; vouliez-vous dire start ?", "unknown command: strat; did you mean start?"],
  [
    "fetch",
    "commande inconnue : fetch ; « linky-bridge help » montre ce qui est possible.",
    'unknown command: fetch; "linky-bridge help" shows what is possible.',
  ],
  [
    "start --langage fr",
    "option inconnue : --langage ; vouliez-vous dire --language ?",
    "unknown option: --langage; did you mean --language?",
  ],
  [
    "start --toString",
    "option inconnue : --toString ; « linky-bridge help » montre ce qui est possible.",
    'unknown option: --toString; "linky-bridge help" shows what is possible.',
  ],
  [
    "start -x",
    "option inconnue : -x ; « linky-bridge help » montre ce qui est possible.",
    'unknown option: -x; "linky-bridge help" shows what is possible.',
  ],
  [
    "start --language de",
    "--language : « de » est inconnu, choisissez fr ou en ; « linky-bridge help » montre ce qui est possible.",
    '--language: "de" is unknown, choose fr or en; "linky-bridge help" shows what is possible.',
  ],
  [
    "start --data-dir",
    "l'option --data-dir attend une valeur ; « linky-bridge help » montre ce qui est possible.",
    'the option --data-dir needs a value; "linky-bridge help" shows what is possible.',
  ],
  [
    "status --data-dir --json",
    "l'option --data-dir attend une valeur ; « linky-bridge help » montre ce qui est possible.",
    'the option --data-dir needs a value; "linky-bridge help" shows what is possible.',
  ],
  [
    "status --json=yes",
    "l'option --json ne prend pas de valeur ; « linky-bridge help » montre ce qui est possible.",
    'the option --json takes no value; "linky-bridge help" shows what is possible.',
  ],
  [
    "start --json",
    "l'option --json ne va pas avec start ; « linky-bridge help » montre ce qui est possible.",
    'the option --json does not go with start; "linky-bridge help" shows what is possible.',
  ],
  [
    "sync mqtt://marie:motdepasse@hote",
    "« mqtt://•••@hote » est de trop après sync ; « linky-bridge help » montre ce qui est possible.",
    '"mqtt://•••@hote" is too much after sync; "linky-bridge help" shows what is possible.',
  ],
  [
    "demo --speed fast",
    "--speed : « fast » n'est pas un nombre entier de 1 à 100000 ; écrivez par exemple 1.",
    '--speed: "fast" is not a whole number from 1 to 100000; write for example 1.',
  ],
  [
    "demo --speed 0",
    "--speed : « 0 » n'est pas un nombre entier de 1 à 100000 ; écrivez par exemple 1.",
    '--speed: "0" is not a whole number from 1 to 100000; write for example 1.',
  ],
  [
    "demo --port 70000",
    "--port : « 70000 » n'est pas un nombre entier de 0 à 65535 ; écrivez par exemple 0.",
    '--port: "70000" is not a whole number from 0 to 65535; write for example 0.',
  ],
];

for (const [line, fr, en] of refused)
  test(`« ${line} » is refused in one sentence`, () => {
    assert.deepEqual(parseArguments(words(line)), { fault: { fr, en } });
  });

test("before any setting is read, the command line decides upon the language, then the environment", () => {
  assert.equal(spokenLanguage([], {}), "fr");
  assert.equal(spokenLanguage(["strat"], { LINKY_LANGUAGE: "en" }), "en");
  assert.equal(spokenLanguage(["strat", "--language", "en"], { LINKY_LANGUAGE: "fr" }), "en");
  assert.equal(spokenLanguage(["strat", "--language=fr"], { LINKY_LANGUAGE: "en" }), "fr");
  assert.equal(spokenLanguage(["--language"], { LINKY_LANGUAGE: "en" }), "fr");
  assert.equal(spokenLanguage([], { LINKY_LANGUAGE: "de" }), "fr");
});

test("the help names every command and option in both languages, within 80 columns", () => {
  const named = words(
    "start demo sync status verify doctor help --language --data-dir --options --help --version --play --mqtt --speed --data --port --json",
  );
  for (const language of ["fr", "en"] as const) {
    const text = usage(language);
    for (const name of named) assert.match(text, new RegExp(`^ .*${name}\\b`, "m"), `${name} in ${language}`);
    for (const line of text.split("\n")) assert.ok(line.length <= 80, line);
  }
});
