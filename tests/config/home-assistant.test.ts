import assert from "node:assert/strict";
import { test } from "node:test";
import { type ConfigInput, loadConfig } from "../../src/config/load.ts";
import { secretsOf } from "../../src/config/secrets.ts";

const ok = { MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET: "s3cr3t-value" };
// A header of 36 characters, a payload of 100 and a signature of 43, as Home Assistant makes them.
const jwt = `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${"a".repeat(100)}.${"b".repeat(43)}`;

function homeAssistantOf(env: Record<string, string>, more: Partial<ConfigInput> = {}) {
  const result = loadConfig({ env: { ...ok, ...env }, ...more });
  if ("faults" in result) throw new Error(result.faults.map(({ text }) => text.en).join("\n"));
  return result.config.homeAssistant;
}
function faultsOf(env: Record<string, string>): readonly (readonly [fr: string, en: string])[] {
  const result = loadConfig({ env: { ...ok, ...env } });
  assert.ok("faults" in result, "the input was accepted");
  return result.faults.map(({ text }) => [text.fr, text.en]);
}

const addresses: readonly [written: string, websocketUrl: string, viaSupervisor?: boolean][] = [
  ["http://192.168.1.10:8123", "ws://192.168.1.10:8123/api/websocket"],
  ["http://192.168.1.10:8123/", "ws://192.168.1.10:8123/api/websocket"],
  ["http://192.168.1.10:8123/api", "ws://192.168.1.10:8123/api/websocket"],
  ["http://192.168.1.10:8123/api/websocket/", "ws://192.168.1.10:8123/api/websocket"],
  ["HTTP://HA.local:8123", "ws://ha.local:8123/api/websocket"],
  ["https://ha.example", "wss://ha.example/api/websocket"],
  ["https://ha.example:8443", "wss://ha.example:8443/api/websocket"],
  ["ws://ha:8123/api/websocket", "ws://ha:8123/api/websocket"],
  ["wss://ha.example/api/websocket", "wss://ha.example/api/websocket"],
  ["http://homeassistant.local", "ws://homeassistant.local/api/websocket"],
  ["http://ha:80", "ws://ha:80/api/websocket"],
  ["homeassistant.local", "ws://homeassistant.local:8123/api/websocket"],
  ["homeassistant.local/", "ws://homeassistant.local:8123/api/websocket"],
  ["192.168.1.10:8124", "ws://192.168.1.10:8124/api/websocket"],
  ["ha.example:443", "wss://ha.example:443/api/websocket"],
  ["abc.ui.nabu.casa", "wss://abc.ui.nabu.casa/api/websocket"],
  ["[fe80::1]:8123", "ws://[fe80::1]:8123/api/websocket"],
  ["[fe80::1]", "ws://[fe80::1]:8123/api/websocket"],
  ["http://127.0.0.1:9/core/websocket", "ws://127.0.0.1:9/core/websocket", true],
  ["http://supervisor/core", "ws://supervisor/core/websocket", true],
  ["supervisor", "ws://supervisor/core/websocket", true],
];
for (const [written, websocketUrl, viaSupervisor = false] of addresses)
  test(`the address « ${written} » is ${websocketUrl}`, () => {
    const config = homeAssistantOf({ HOMEASSISTANT_URL: written, HOMEASSISTANT_TOKEN: jwt });
    assert.deepEqual(config, { websocketUrl, token: jwt, viaSupervisor });
  });

for (const raw of [`"${jwt}"`, `  ${jwt}\r\n`, `Bearer ${jwt}`, `\uFEFF'${jwt}'`])
  test(`a token pasted with ${JSON.stringify(raw.replace(jwt, "…"))} around it is understood`, () => {
    assert.equal(homeAssistantOf({ HOMEASSISTANT_URL: "ha", HOMEASSISTANT_TOKEN: raw })?.token, jwt);
  });

test("the token may come from a file", () => {
  const files = new Map([["/run/secrets/ha", { text: `${jwt}\n` }]]);
  const env = { HOMEASSISTANT_URL: "ha", HOMEASSISTANT_TOKEN_FILE: "/run/secrets/ha" };
  assert.equal(homeAssistantOf(env, { files })?.token, jwt);
});

test("inside the app nothing has to be set", () => {
  assert.deepEqual(homeAssistantOf({ SUPERVISOR_TOKEN: "given-at-this-start" }), {
    websocketUrl: "ws://supervisor/core/websocket",
    token: "given-at-this-start",
    viaSupervisor: true,
  });
});

test("inside the app an address and token of the user's own pass before the Supervisor's", () => {
  const env = { SUPERVISOR_TOKEN: "given", HOMEASSISTANT_URL: "http://other:8123", HOMEASSISTANT_TOKEN: jwt };
  assert.deepEqual(homeAssistantOf(env), {
    websocketUrl: "ws://other:8123/api/websocket",
    token: jwt,
    viaSupervisor: false,
  });
});

test("the Supervisor's proxy gets the token that the Supervisor gave, whatever else is set", () => {
  const env = { SUPERVISOR_TOKEN: "given", HOMEASSISTANT_URL: "http://supervisor/core", HOMEASSISTANT_TOKEN: jwt };
  assert.equal(homeAssistantOf(env)?.token, "given");
});

test("HOMEASSISTANT_ENABLED=false writes nothing and finds no fault in what is half set", () => {
  for (const env of [{ SUPERVISOR_TOKEN: "given" }, { HOMEASSISTANT_URL: "ha" }, { HOMEASSISTANT_TOKEN: jwt }])
    assert.equal(homeAssistantOf({ ...env, HOMEASSISTANT_ENABLED: "false" }), null);
});

test("the Supervisor's token is kept out of the logs as the user's own", () => {
  const told = secretsOf({ env: { SUPERVISOR_TOKEN: "given-at-this-start", HOMEASSISTANT_TOKEN: ` ${jwt}\n` } });
  assert.ok(told.includes("given-at-this-start"));
  assert.ok(told.includes(jwt));
});

test("a password in the address is kept out of the logs", () => {
  assert.ok(secretsOf({ env: { HOMEASSISTANT_URL: "http://marie:motdepasse@ha:8123" } }).includes("motdepasse"));
});

const wrong: readonly [what: string, env: Record<string, string>, fr: string, en: string][] = [
  [
    "an address without a token",
    { HOMEASSISTANT_URL: "http://ha:8123" },
    "HOMEASSISTANT_TOKEN (environnement) : l'adresse de Home Assistant est donnée sans jeton ; créez un jeton d'accès longue durée avec un compte administrateur (votre profil, onglet Sécurité) et écrivez-le ici.",
    "HOMEASSISTANT_TOKEN (environment): the address of Home Assistant is given without a token; make a long-lived access token with an administrator's account (your profile, Security tab) and write it here.",
  ],
  [
    "a token without an address",
    { HOMEASSISTANT_TOKEN: jwt },
    "HOMEASSISTANT_URL (environnement) : un jeton est donné sans l'adresse de Home Assistant ; écrivez par exemple http://192.168.1.10:8123.",
    "HOMEASSISTANT_URL (environment): a token is given without the address of Home Assistant; write for example http://192.168.1.10:8123.",
  ],
  [
    "a token without an address inside the app",
    { HOMEASSISTANT_TOKEN: jwt, SUPERVISOR_TOKEN: "given" },
    "HOMEASSISTANT_TOKEN (environnement) : ce jeton est de trop : l'application emploie celui du superviseur ; supprimez-le, ou donnez aussi homeassistant_url.",
    "HOMEASSISTANT_TOKEN (environment): this token is too much: the app uses the Supervisor's; remove it, or give homeassistant_url as well.",
  ],
  [
    "writing asked for with nothing to write to",
    { HOMEASSISTANT_ENABLED: "true" },
    "HOMEASSISTANT_URL (environnement) : l'écriture dans Home Assistant est demandée et son adresse manque ; écrivez par exemple http://192.168.1.10:8123, avec homeassistant_token.",
    "HOMEASSISTANT_URL (environment): writing to Home Assistant is asked for and its address is missing; write for example http://192.168.1.10:8123, with homeassistant_token.",
  ],
  [
    "the Supervisor's address outside of the app",
    { HOMEASSISTANT_URL: "ws://supervisor/core/websocket" },
    "HOMEASSISTANT_URL (environnement) : c'est l'adresse du superviseur, qui ne répond qu'aux applications de Home Assistant ; écrivez plutôt http://192.168.1.10:8123, avec homeassistant_token.",
    "HOMEASSISTANT_URL (environment): this is the Supervisor's address, which answers apps of Home Assistant only; write http://192.168.1.10:8123 instead, with homeassistant_token.",
  ],
  [
    "a doubled scheme",
    { HOMEASSISTANT_URL: "ws://ws://ha:8123", HOMEASSISTANT_TOKEN: jwt },
    "HOMEASSISTANT_URL (environnement) : « ws://ws://ha:8123 » : le protocole est écrit deux fois ; n'en gardez qu'un, par exemple http://192.168.1.10:8123.",
    'HOMEASSISTANT_URL (environment): "ws://ws://ha:8123": the scheme is written twice; keep one of them, for example http://192.168.1.10:8123.',
  ],
  [
    "another scheme",
    { HOMEASSISTANT_URL: "mqtt://ha:1883", HOMEASSISTANT_TOKEN: jwt },
    "HOMEASSISTANT_URL (environnement) : « mqtt://ha:1883 » : mqtt:// n'est pas un protocole de Home Assistant ; écrivez http:// ou https://, par exemple http://192.168.1.10:8123.",
    'HOMEASSISTANT_URL (environment): "mqtt://ha:1883": mqtt:// is not a scheme of Home Assistant; write http:// or https://, for example http://192.168.1.10:8123.',
  ],
  [
    "credentials in the address",
    { HOMEASSISTANT_URL: "http://marie:motdepasse@ha:8123", HOMEASSISTANT_TOKEN: jwt },
    "HOMEASSISTANT_URL (environnement) : l'adresse contient un nom ou un mot de passe ; ôtez-les, le jeton (homeassistant_token) suffit.",
    "HOMEASSISTANT_URL (environment): the address holds a user name or password; remove them, the token (homeassistant_token) is enough.",
  ],
  [
    "the browser's address of a page",
    { HOMEASSISTANT_URL: "http://ha:8123/lovelace/0?kiosk=1", HOMEASSISTANT_TOKEN: jwt },
    "HOMEASSISTANT_URL (environnement) : « http://ha:8123/lovelace/0?… » continue après la machine et le port ; n'écrivez qu'eux, par exemple http://192.168.1.10:8123.",
    'HOMEASSISTANT_URL (environment): "http://ha:8123/lovelace/0?…" goes on after host and port; write these only, for example http://192.168.1.10:8123.',
  ],
  [
    "a port that is none",
    { HOMEASSISTANT_URL: "ha:99999", HOMEASSISTANT_TOKEN: jwt },
    "HOMEASSISTANT_URL (environnement) : « ha:99999 » n'est pas une adresse valable ; écrivez par exemple http://192.168.1.10:8123.",
    'HOMEASSISTANT_URL (environment): "ha:99999" is not a valid address; write for example http://192.168.1.10:8123.',
  ],
  [
    "an IPv6 address without brackets",
    { HOMEASSISTANT_URL: "fe80::1", HOMEASSISTANT_TOKEN: jwt },
    "HOMEASSISTANT_URL (environnement) : « fe80::1 » est une adresse IPv6 sans crochets ; écrivez http://[fe80::1]:8123.",
    'HOMEASSISTANT_URL (environment): "fe80::1" is an IPv6 address without brackets; write http://[fe80::1]:8123.',
  ],
  [
    "address and token swapped",
    { HOMEASSISTANT_URL: jwt, HOMEASSISTANT_TOKEN: jwt },
    "HOMEASSISTANT_URL (environnement) : c'est un jeton et non une adresse ; mettez-le dans homeassistant_token, et ici par exemple http://192.168.1.10:8123.",
    "HOMEASSISTANT_URL (environment): this is a token and not an address; put it in homeassistant_token, and here for example http://192.168.1.10:8123.",
  ],
  [
    "an address as token",
    { HOMEASSISTANT_URL: "ha", HOMEASSISTANT_TOKEN: "http://ha:8123" },
    "HOMEASSISTANT_TOKEN (environnement) : c'est une adresse et non un jeton ; mettez-la dans homeassistant_url, et ici le jeton d'accès longue durée.",
    "HOMEASSISTANT_TOKEN (environment): this is an address and not a token; put it in homeassistant_url, and the long-lived access token here.",
  ],
  [
    "a token that was cut",
    { HOMEASSISTANT_URL: "ha", HOMEASSISTANT_TOKEN: jwt.slice(0, 90) },
    "HOMEASSISTANT_TOKEN (environnement) : le jeton est incomplet : il lui manque un morceau ; recopiez-le en entier, ou créez-en un autre dans votre profil Home Assistant.",
    "HOMEASSISTANT_TOKEN (environment): the token is not whole: a part of it is missing; copy all of it, or create another one in your Home Assistant profile.",
  ],
  [
    "a token broken over two lines",
    { HOMEASSISTANT_URL: "ha", HOMEASSISTANT_TOKEN: `${jwt.slice(0, 90)}\n${jwt.slice(90)}` },
    "HOMEASSISTANT_TOKEN (environnement) : la valeur contient une espace, un retour à la ligne ou un caractère accentué ; recopiez-la d'un seul tenant depuis votre profil Home Assistant.",
    "HOMEASSISTANT_TOKEN (environment): the value holds a space, a line break or an accented character; copy it in one piece from your Home Assistant profile.",
  ],
];
for (const [what, env, fr, en] of wrong)
  test(`${what}: one clear sentence, and no secret in it`, () => {
    const faults = faultsOf(env);
    assert.deepEqual(faults, [[fr, en]]);
    assert.doesNotMatch(JSON.stringify(faults), /motdepasse|eyJ|aaaa/);
  });

test("other spellings of the variables, and an interval, are told", () => {
  const result = loadConfig({ env: { ...ok, HOME_ASSISTANT_URL: "ha", HOMEASSISTANT_INTERVAL: "60" } });
  assert.deepEqual(
    result.notices.map(({ text }) => text.en),
    [
      "HOMEASSISTANT_INTERVAL (environment): this variable has no effect: a value is published as soon as it changes; you can remove it.",
      "HOME_ASSISTANT_URL (environment): this variable is unknown and has no effect; did you mean HOMEASSISTANT_URL?",
    ],
  );
});
