import assert from "node:assert/strict";
import { test } from "node:test";
import { type ConfigInput, loadConfig } from "../../src/config/load.ts";

const ok = { MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET: "s3cr3t-value" };
const file = (text: string) => ({ path: "/data/options.json", text });

interface BadInput {
  readonly what: string;
  readonly input: ConfigInput;
  readonly faults: readonly (readonly [fr: string, en: string])[];
}

const table: readonly BadInput[] = [
  {
    what: "no credentials at all",
    input: { env: {} },
    faults: [
      [
        "MED_CLIENT_ID (environnement) : l'identifiant client manque ; recopiez-le depuis la page de votre compte MyElectricalData, ou essayez « npm run demo » sans compte.",
        'MED_CLIENT_ID (environment): the client id is missing; copy it from your MyElectricalData account page, or try "npm run demo" without an account.',
      ],
      [
        "MED_CLIENT_SECRET (environnement) : le secret client manque ; recopiez-le depuis la page de votre compte MyElectricalData, ou essayez « npm run demo » sans compte.",
        'MED_CLIENT_SECRET (environment): the client secret is missing; copy it from your MyElectricalData account page, or try "npm run demo" without an account.',
      ],
    ],
  },
  {
    what: "an options file without credentials",
    input: { env: {}, optionsFile: file("{}") },
    faults: [
      [
        "client_id (/data/options.json) : l'identifiant client manque ; recopiez-le depuis la page de votre compte MyElectricalData, ou essayez « npm run demo » sans compte.",
        'client_id (/data/options.json): the client id is missing; copy it from your MyElectricalData account page, or try "npm run demo" without an account.',
      ],
      [
        "client_secret (/data/options.json) : le secret client manque ; recopiez-le depuis la page de votre compte MyElectricalData, ou essayez « npm run demo » sans compte.",
        'client_secret (/data/options.json): the client secret is missing; copy it from your MyElectricalData account page, or try "npm run demo" without an account.',
      ],
    ],
  },
  {
    what: "id and secret swapped",
    input: { env: { MED_CLIENT_ID: "s3cr3t-value", MED_CLIENT_SECRET: "cli_abc" } },
    faults: [
      [
        "MED_CLIENT_SECRET (environnement) : l'identifiant et le secret semblent échangés : c'est l'identifiant (client_id) qui commence par cli_ ; mettez chacun à sa place.",
        "MED_CLIENT_SECRET (environment): the id and the secret seem to be swapped: it is the id (client_id) that begins with cli_; put each in its place.",
      ],
    ],
  },
  {
    what: "the id pasted twice",
    input: { env: { MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET: "cli_abc" } },
    faults: [
      [
        "MED_CLIENT_SECRET (environnement) : le secret est le même texte que l'identifiant ; recopiez le secret (client_secret) depuis la page de votre compte MyElectricalData.",
        "MED_CLIENT_SECRET (environment): the secret is the same text as the id; copy the secret (client_secret) from your MyElectricalData account page.",
      ],
    ],
  },
  {
    what: "an e-mail address as id",
    input: { env: { ...ok, MED_CLIENT_ID: "marie@example.org" } },
    faults: [
      [
        "MED_CLIENT_ID (environnement) : c'est une adresse e-mail ; recopiez l'identifiant client (client_id) affiché sur la page de votre compte MyElectricalData.",
        "MED_CLIENT_ID (environment): this is an e-mail address; copy the client id (client_id) shown on your MyElectricalData account page.",
      ],
    ],
  },
  {
    what: "a placeholder of an example",
    input: { env: { ...ok, CLIENT_SECRET: "", MED_CLIENT_SECRET: "your_client_secret" } },
    faults: [
      [
        "MED_CLIENT_SECRET (environnement) : c'est encore le texte d'un exemple ; recopiez la valeur affichée sur la page de votre compte MyElectricalData.",
        "MED_CLIENT_SECRET (environment): this is still the text of an example; copy the value shown on your MyElectricalData account page.",
      ],
    ],
  },
  {
    what: "a placeholder of an example (2)",
    input: { env: { ...ok, MED_CLIENT_SECRET: "$MED_SECRET" } },
    faults: [
      [
        "MED_CLIENT_SECRET (environnement) : c'est encore le texte d'un exemple ; recopiez la valeur affichée sur la page de votre compte MyElectricalData.",
        "MED_CLIENT_SECRET (environment): this is still the text of an example; copy the value shown on your MyElectricalData account page.",
      ],
    ],
  },
  {
    what: "a space inside the secret",
    input: { env: { ...ok, MED_CLIENT_SECRET: "first second-half" } },
    faults: [
      [
        "MED_CLIENT_SECRET (environnement) : la valeur contient une espace, un retour à la ligne ou un caractère accentué ; recopiez-la d'un seul tenant depuis votre compte MyElectricalData.",
        "MED_CLIENT_SECRET (environment): the value holds a space, a line break or an accented character; copy it in one piece from your MyElectricalData account.",
      ],
    ],
  },
  {
    what: "a secret and a file for it",
    input: { env: { ...ok, MED_CLIENT_SECRET_FILE: "/run/secrets/a" } },
    faults: [
      [
        "MED_CLIENT_SECRET_FILE (environnement) : MED_CLIENT_SECRET est rempli aussi ; ne gardez que l'un des deux.",
        "MED_CLIENT_SECRET_FILE (environment): MED_CLIENT_SECRET is set as well; keep one of the two.",
      ],
    ],
  },
  {
    what: "a secret's file that is absent",
    input: {
      env: { MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET_FILE: "/run/secrets/a" },
      files: new Map([["/run/secrets/a", { problem: { fr: "il n'existe pas", en: "it does not exist" } }]]),
    },
    faults: [
      [
        "MED_CLIENT_SECRET_FILE (environnement) : le fichier /run/secrets/a ne peut pas être lu (il n'existe pas) ; corrigez le chemin ou les droits.",
        "MED_CLIENT_SECRET_FILE (environment): the file /run/secrets/a cannot be read (it does not exist); correct the path or its permissions.",
      ],
    ],
  },
  {
    what: "the secret where a path belongs",
    input: { env: { MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET_FILE: "s3cr3t/value" } },
    faults: [
      [
        "MED_CLIENT_SECRET_FILE (environnement) : la valeur n'est pas le chemin d'un fichier lisible ; écrivez un chemin complet comme /run/secrets/linky, sans y mettre le secret lui-même.",
        "MED_CLIENT_SECRET_FILE (environment): the value is not the path of a readable file; write a full path such as /run/secrets/linky, not the secret itself.",
      ],
    ],
  },
  {
    what: "broker http",
    input: { env: { ...ok, MQTT_BROKER: "http://homeassistant:8123" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « http://homeassistant:8123 » : http:// n'est pas un protocole MQTT ; écrivez mqtt://, mqtts://, ws:// ou wss://, par exemple mqtt://192.168.1.10:1883.",
        'MQTT_BROKER (environment): "http://homeassistant:8123": http:// is not an MQTT scheme; write mqtt://, mqtts://, ws:// or wss://, for example mqtt://192.168.1.10:1883.',
      ],
    ],
  },
  {
    what: "broker double",
    input: { env: { ...ok, MQTT_BROKER: "mqtt://mqtt://192.168.1.10" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « mqtt://mqtt://192.168.1.10 » : le protocole est écrit deux fois ; ne gardez que mqtt://192.168.1.10.",
        'MQTT_BROKER (environment): "mqtt://mqtt://192.168.1.10": the scheme is written twice; keep mqtt://192.168.1.10 only.',
      ],
    ],
  },
  {
    what: "broker double ws",
    input: { env: { ...ok, MQTT_BROKER: "ws://ws://marie:pw@192.168.1.10" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « ws://ws://•••@192.168.1.10 » : le protocole est écrit deux fois ; ne gardez que ws://•••@192.168.1.10.",
        'MQTT_BROKER (environment): "ws://ws://•••@192.168.1.10": the scheme is written twice; keep ws://•••@192.168.1.10 only.',
      ],
    ],
  },
  {
    what: "broker no host",
    input: { env: { ...ok, MQTT_BROKER: "mqtt://:1883" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « mqtt://:1883 » ne nomme aucune machine ; écrivez par exemple mqtt://192.168.1.10:1883.",
        'MQTT_BROKER (environment): "mqtt://:1883" names no host; write for example mqtt://192.168.1.10:1883.',
      ],
    ],
  },
  {
    what: "broker bad port",
    input: { env: { ...ok, MQTT_BROKER: "192.168.1.10:18830000" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « 192.168.1.10:18830000 » : « 18830000 » n'est pas un port ; écrivez un nombre de 1 à 65535, d'ordinaire 1883 (8883 avec TLS).",
        'MQTT_BROKER (environment): "192.168.1.10:18830000": "18830000" is not a port; write a number from 1 to 65535, usually 1883 (8883 with TLS).',
      ],
    ],
  },
  {
    what: "broker bad port2",
    input: { env: { ...ok, MQTT_BROKER: "mqtt://linky:pass/word#1@core-mosquitto:mqtt" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « mqtt://•••@core-mosquitto:mqtt » : « mqtt » n'est pas un port ; écrivez un nombre de 1 à 65535, d'ordinaire 1883 (8883 avec TLS).",
        'MQTT_BROKER (environment): "mqtt://•••@core-mosquitto:mqtt": "mqtt" is not a port; write a number from 1 to 65535, usually 1883 (8883 with TLS).',
      ],
    ],
  },
  {
    what: "broker port 0",
    input: { env: { ...ok, MQTT_BROKER: "host:0" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « host:0 » : « 0 » n'est pas un port ; écrivez un nombre de 1 à 65535, d'ordinaire 1883 (8883 avec TLS).",
        'MQTT_BROKER (environment): "host:0": "0" is not a port; write a number from 1 to 65535, usually 1883 (8883 with TLS).',
      ],
    ],
  },
  {
    what: "broker path",
    input: { env: { ...ok, MQTT_BROKER: "mqtt://host/linky" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « mqtt://host/linky » : « /linky » est de trop ; l'adresse s'arrête au port, le préfixe des sujets s'écrit dans mqtt_topic_prefix.",
        'MQTT_BROKER (environment): "mqtt://host/linky": "/linky" is too much; the address ends with the port, the topics\' prefix is written in mqtt_topic_prefix.',
      ],
    ],
  },
  {
    what: "broker ipv6",
    input: { env: { ...ok, MQTT_BROKER: "fe80::1" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « fe80::1 » est une adresse IPv6 sans crochets ; écrivez [fe80::1]:1883.",
        'MQTT_BROKER (environment): "fe80::1" is an IPv6 address without brackets; write [fe80::1]:1883.',
      ],
    ],
  },
  {
    what: "broker space",
    input: { env: { ...ok, MQTT_BROKER: "my broker" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « my broker » : « my broker » n'est pas un nom de machine ; écrivez par exemple mqtt://192.168.1.10:1883.",
        'MQTT_BROKER (environment): "my broker": "my broker" is not a host name; write for example mqtt://192.168.1.10:1883.',
      ],
    ],
  },
  {
    what: "MQTT asked for without a broker",
    input: { env: { ...ok, MQTT_ENABLED: "true" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : la publication MQTT est demandée et l'adresse du serveur manque ; écrivez par exemple mqtt://192.168.1.10:1883.",
        "MQTT_BROKER (environment): publishing to MQTT is asked for and the broker's address is missing; write for example mqtt://192.168.1.10:1883.",
      ],
    ],
  },
  {
    what: "MQTT asked for with a broker that is refused: told once",
    input: { env: { ...ok, MQTT_ENABLED: "true", MQTT_BROKER: "mqtt://" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « mqtt:// » ne nomme aucune machine ; écrivez par exemple mqtt://192.168.1.10:1883.",
        'MQTT_BROKER (environment): "mqtt://" names no host; write for example mqtt://192.168.1.10:1883.',
      ],
    ],
  },
  {
    what: "neither yes nor no",
    input: { env: { ...ok, MQTT_ENABLED: "maybe" } },
    faults: [
      [
        "MQTT_ENABLED (environnement) : « maybe » n'est ni oui ni non ; écrivez true ou false.",
        'MQTT_ENABLED (environment): "maybe" is neither yes nor no; write true or false.',
      ],
    ],
  },
  {
    what: "quality of service out of range",
    input: { env: { ...ok, MQTT_QOS: "3" } },
    faults: [
      [
        "MQTT_QOS (environnement) : « 3 » est inconnu ; choisissez parmi 0, 1, 2.",
        'MQTT_QOS (environment): "3" is unknown; choose among 0, 1, 2.',
      ],
    ],
  },
  {
    what: "topic",
    input: { env: { ...ok, MQTT_TOPIC_PREFIX: "linky/#" } },
    faults: [
      [
        "MQTT_TOPIC_PREFIX (environnement) : le caractère « # » est interdit dans un sujet MQTT ; n'employez que lettres, chiffres, « _ », « - » et « / ».",
        'MQTT_TOPIC_PREFIX (environment): the character "#" is not allowed in an MQTT topic; use letters, digits, "_", "-" and "/" only.',
      ],
    ],
  },
  {
    what: "topic $",
    input: { env: { ...ok, MQTT_TOPIC_PREFIX: "$SYS" } },
    faults: [
      [
        "MQTT_TOPIC_PREFIX (environnement) : les sujets MQTT qui commencent par « $ » sont réservés au serveur MQTT ; ôtez ce signe.",
        'MQTT_TOPIC_PREFIX (environment): MQTT topics that begin with "$" belong to the broker; remove that sign.',
      ],
    ],
  },
  {
    what: "topic empty level",
    input: { env: { ...ok, MQTT_TOPIC_PREFIX: "a//b" } },
    faults: [
      [
        "MQTT_TOPIC_PREFIX (environnement) : « a//b » contient un niveau vide ; écrivez par exemple maison/linky.",
        'MQTT_TOPIC_PREFIX (environment): "a//b" has an empty level; write for example home/linky.',
      ],
    ],
  },
  {
    what: "topic prefix equal to the discovery prefix",
    input: { env: { ...ok, MQTT_TOPIC_PREFIX: "homeassistant/" } },
    faults: [
      [
        "MQTT_TOPIC_PREFIX (environnement) : le préfixe des sujets est aussi celui de la découverte de Home Assistant ; choisissez-en un autre, par exemple myelectricaldata.",
        "MQTT_TOPIC_PREFIX (environment): the topics' prefix is also Home Assistant's discovery prefix; choose another one, for example myelectricaldata.",
      ],
    ],
  },
  {
    what: "two MQTT users",
    input: { env: { ...ok, MQTT_BROKER: "mqtt://marie@h", MQTT_USERNAME: "paul" } },
    faults: [
      [
        "MQTT_USERNAME (environnement) : l'adresse du serveur MQTT contient un autre nom d'utilisateur ; ne gardez que l'un des deux.",
        "MQTT_USERNAME (environment): the broker's address holds another user name; keep one of the two.",
      ],
    ],
  },
  {
    what: "MQTT password differs",
    input: { env: { ...ok, MQTT_BROKER: "mqtt://marie:one1@h", MQTT_PASSWORD: "two2" } },
    faults: [
      [
        "MQTT_PASSWORD (environnement) : l'adresse du serveur MQTT contient un autre mot de passe ; ne gardez que l'un des deux.",
        "MQTT_PASSWORD (environment): the broker's address holds another password; keep one of the two.",
      ],
    ],
  },
  {
    what: "MQTT password no user",
    input: { env: { ...ok, MQTT_BROKER: "h", MQTT_PASSWORD: "two2" } },
    faults: [
      [
        "MQTT_USERNAME (environnement) : un mot de passe MQTT est donné sans nom d'utilisateur ; ajoutez le nom, ou supprimez le mot de passe.",
        "MQTT_USERNAME (environment): an MQTT password is given without a user name; add the name, or remove the password.",
      ],
    ],
  },
  {
    what: "cert no key",
    input: { env: { ...ok, MQTT_BROKER: "h", MQTT_CLIENT_CERT: "/c.pem" } },
    faults: [
      [
        "MQTT_CLIENT_KEY (environnement) : le certificat client est donné sans sa clé ; ajoutez le chemin du fichier de la clé.",
        "MQTT_CLIENT_KEY (environment): the client certificate is given without its key; add the path of the key's file.",
      ],
    ],
  },
  {
    what: "key no cert",
    input: { env: { ...ok, MQTT_BROKER: "h", MQTT_CLIENT_KEY: "/k.pem" } },
    faults: [
      [
        "MQTT_CLIENT_CERT (environnement) : la clé est donnée sans le certificat client ; ajoutez le chemin du fichier du certificat.",
        "MQTT_CLIENT_CERT (environment): the key is given without the client certificate; add the path of the certificate's file.",
      ],
    ],
  },
  {
    what: "a certificate for an unencrypted address",
    input: { env: { ...ok, MQTT_BROKER: "mqtt://h", MQTT_CA_CERT: "/ca.pem" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : un certificat est donné alors que l'adresse du serveur MQTT n'est pas chiffrée ; écrivez mqtts:// (ou wss://), ou supprimez le certificat.",
        "MQTT_BROKER (environment): a certificate is given while the broker's address is not encrypted; write mqtts:// (or wss://), or remove the certificate.",
      ],
    ],
  },
  {
    what: "misspelled kind of data",
    input: { env: { ...ok, MQTT_EXPORT_DATA: "tempo,consumption_dayly" } },
    faults: [
      [
        "MQTT_EXPORT_DATA (environnement) : « consumption_dayly » est inconnu, vouliez-vous dire « consumption_daily » ? Choisissez parmi consumption_daily, consumption_monthly, consumption_detail, production_daily, tempo, ecowatt.",
        'MQTT_EXPORT_DATA (environment): "consumption_dayly" is unknown, did you mean "consumption_daily"? Choose among consumption_daily, consumption_monthly, consumption_detail, production_daily, tempo, ecowatt.',
      ],
    ],
  },
  {
    what: "unknown language",
    input: { env: { ...ok, LINKY_LANGUAGE: "french" } },
    faults: [
      [
        "LINKY_LANGUAGE (environnement) : « french » est inconnu ; choisissez parmi fr, en.",
        'LINKY_LANGUAGE (environment): "french" is unknown; choose among fr, en.',
      ],
    ],
  },
  {
    what: "unknown language on the command line",
    input: { env: ok, overrides: { language: "de" } },
    faults: [
      [
        "--language (ligne de commande) : « de » est inconnu ; choisissez parmi fr, en.",
        '--language (command line): "de" is unknown; choose among fr, en.',
      ],
    ],
  },
  {
    what: "misspelled log level",
    input: { env: { ...ok, LINKY_LOG_LEVEL: "debg" } },
    faults: [
      [
        "LINKY_LOG_LEVEL (environnement) : « debg » est inconnu, vouliez-vous dire « debug » ? Choisissez parmi trace, debug, info, warn, error, silent.",
        'LINKY_LOG_LEVEL (environment): "debg" is unknown, did you mean "debug"? Choose among trace, debug, info, warn, error, silent.',
      ],
    ],
  },
  {
    what: "a path with a tilde",
    input: { env: { ...ok, LINKY_DATA_DIR: "~/linky" } },
    faults: [
      [
        "LINKY_DATA_DIR (environnement) : « ~/linky » : le raccourci « ~ » n'est pas compris ici ; écrivez le chemin complet, par exemple /home/marie/linky.",
        'LINKY_DATA_DIR (environment): "~/linky": the shorthand "~" is not understood here; write the full path, for example /home/marie/linky.',
      ],
    ],
  },
  {
    what: "pdl short",
    input: { env: { ...ok, LINKY_USAGE_POINTS: "1234567890123" } },
    faults: [
      [
        "LINKY_USAGE_POINTS (environnement) : « …0123 » a 13 chiffres au lieu de 14 ; recopiez le numéro de PDL (ou PRM) de votre facture, entre guillemets s'il commence par 0.",
        'LINKY_USAGE_POINTS (environment): "…0123" has 13 digits instead of 14; copy the PDL (or PRM) number from your bill, in quotes when it begins with 0.',
      ],
    ],
  },
  {
    what: "pdl letters",
    input: { env: { ...ok, LINKY_USAGE_POINTS: "maison" } },
    faults: [
      [
        "LINKY_USAGE_POINTS (environnement) : « …ison » n'est pas un numéro de PDL (ou PRM) : il a 14 chiffres et rien d'autre ; séparez plusieurs numéros par des virgules.",
        'LINKY_USAGE_POINTS (environment): "…ison" is not a PDL (or PRM) number: it has 14 digits and nothing else; separate several numbers by commas.',
      ],
    ],
  },
  {
    what: "database scheme",
    input: { env: { ...ok, DATABASE_URL: "mysql://root:topsecret@h/db" } },
    faults: [
      [
        "DATABASE_URL (environnement) : « mysql:// » n'est pas PostgreSQL, la seule base possible ; écrivez par exemple postgresql://linky:mot-de-passe@192.168.1.10:5432/linky, ou laissez vide pour la base intégrée.",
        'DATABASE_URL (environment): "mysql://" is not PostgreSQL, the only possible database; write for example postgresql://linky:password@192.168.1.10:5432/linky, or leave it empty for the built-in one.',
      ],
    ],
  },
  {
    what: "database sqlalchemy",
    input: { env: { ...ok, DATABASE_URL: "postgresql+asyncpg://root:topsecret@h/db" } },
    faults: [
      [
        "DATABASE_URL (environnement) : « postgresql+asyncpg:// » est une écriture de SQLAlchemy ; écrivez postgresql:// et donnez à Linky Bridge une base à lui.",
        'DATABASE_URL (environment): "postgresql+asyncpg://" is SQLAlchemy\'s spelling; write postgresql:// and give Linky Bridge a database of its own.',
      ],
    ],
  },
  {
    what: "database none",
    input: { env: { ...ok, DATABASE_URL: "root:topsecret@h/db" } },
    faults: [
      [
        "DATABASE_URL (environnement) : la valeur n'est pas une adresse postgresql:// ; écrivez par exemple postgresql://linky:mot-de-passe@192.168.1.10:5432/linky.",
        "DATABASE_URL (environment): the value is not a postgresql:// address; write for example postgresql://linky:password@192.168.1.10:5432/linky.",
      ],
    ],
  },
  {
    what: "database hash",
    input: { env: { ...ok, DATABASE_URL: "postgresql://root:top#secret@h/db" } },
    faults: [
      [
        "DATABASE_URL (environnement) : l'adresse est illisible ; si le mot de passe contient @ : / ? # ou %, écrivez-les %40 %3A %2F %3F %23 %25.",
        "DATABASE_URL (environment): the address cannot be read; if the password holds @ : / ? # or %, write them %40 %3A %2F %3F %23 %25.",
      ],
    ],
  },
  {
    what: "database name",
    input: { env: { ...ok, DATABASE_URL: "postgresql://root:topsecret@h" } },
    faults: [
      [
        "DATABASE_URL (environnement) : il manque le nom de la base à la fin de l'adresse ; écrivez par exemple postgresql://linky:mot-de-passe@192.168.1.10:5432/linky.",
        "DATABASE_URL (environment): the name of the database is missing at the end of the address; write for example postgresql://linky:password@192.168.1.10:5432/linky.",
      ],
    ],
  },
  {
    what: "gateway noscheme",
    input: { env: { ...ok, MED_API_URL: "www.v2.myelectricaldata.fr/api" } },
    faults: [
      [
        "MED_API_URL (environnement) : « www.v2.myelectricaldata.fr/api » n'est pas une adresse http:// ou https:// ; écrivez par exemple https://www.v2.myelectricaldata.fr/api.",
        'MED_API_URL (environment): "www.v2.myelectricaldata.fr/api" is not an http:// or https:// address; write for example https://www.v2.myelectricaldata.fr/api.',
      ],
    ],
  },
  {
    what: "gateway double",
    input: { env: { ...ok, MED_API_URL: "https://https://www.v2.myelectricaldata.fr/api" } },
    faults: [
      [
        "MED_API_URL (environnement) : « https://https://www.v2.myelectricaldata.fr/api » n'est pas une adresse valable ; écrivez par exemple https://www.v2.myelectricaldata.fr/api.",
        'MED_API_URL (environment): "https://https://www.v2.myelectricaldata.fr/api" is not a valid address; write for example https://www.v2.myelectricaldata.fr/api.',
      ],
    ],
  },
  {
    what: "gateway http",
    input: { env: { ...ok, MED_API_URL: "http://www.v2.myelectricaldata.fr/api" } },
    faults: [
      [
        "MED_API_URL (environnement) : « http://www.v2.myelectricaldata.fr/api » enverrait votre secret en clair ; écrivez https:// à la place de http://.",
        'MED_API_URL (environment): "http://www.v2.myelectricaldata.fr/api" would send your secret in clear; write https:// instead of http://.',
      ],
    ],
  },
  {
    what: "gateway v1",
    input: { env: { ...ok, GATEWAY_URL: "https://myelectricaldata.fr" } },
    faults: [
      [
        "GATEWAY_URL (environnement) : « https://myelectricaldata.fr » est l'ancienne passerelle (v1), qui parle une autre langue ; écrivez https://www.v2.myelectricaldata.fr/api.",
        'GATEWAY_URL (environment): "https://myelectricaldata.fr" is the former gateway (v1), which speaks another language; write https://www.v2.myelectricaldata.fr/api.',
      ],
    ],
  },
  {
    what: "gateway login",
    input: { env: { ...ok, GATEWAY_URL: "https://me:topsecret@gw.local/api" } },
    faults: [
      [
        "GATEWAY_URL (environnement) : l'adresse contient un nom ou un mot de passe ; ôtez-les, client_id et client_secret suffisent.",
        "GATEWAY_URL (environment): the address holds a user name or password; remove them, client_id and client_secret are enough.",
      ],
    ],
  },
  {
    what: "gateway query",
    input: { env: { ...ok, GATEWAY_URL: "https://gw.local/api?token=1" } },
    faults: [
      [
        "GATEWAY_URL (environnement) : « https://gw.local/api?… » contient « ? » ou « # » ; n'écrivez que l'adresse de base, par exemple https://www.v2.myelectricaldata.fr/api.",
        'GATEWAY_URL (environment): "https://gw.local/api?…" holds "?" or "#"; write the base address only, for example https://www.v2.myelectricaldata.fr/api.',
      ],
    ],
  },
  {
    what: "file json",
    input: {
      env: {},
      optionsFile: file('{\n  "client_id": "cli_abc",\n  "client_secret": "s3cr3t-value"\n  "language": "fr"\n}'),
    },
    faults: [
      [
        "options (/data/options.json) : le fichier n'est pas du JSON valable, à partir de la ligne 4 ; vérifiez guillemets et virgules à cet endroit.",
        "options (/data/options.json): the file is not valid JSON, from line 4 on; check quotes and commas there.",
      ],
    ],
  },
  {
    what: "file array",
    input: { env: {}, optionsFile: file('["client_id"]') },
    faults: [
      [
        'options (/data/options.json) : le fichier ne contient pas un objet JSON ; écrivez {"client_id": "…", "client_secret": "…"}.',
        'options (/data/options.json): the file does not hold a JSON object; write {"client_id": "…", "client_secret": "…"}.',
      ],
    ],
  },
  {
    what: "file object value",
    input: { env: ok, optionsFile: file('{"mqtt_broker": {"host": "h"}}') },
    faults: [
      [
        "mqtt_broker (/data/options.json) : la valeur n'est ni un texte, ni un nombre, ni true ou false, ni une liste de ceux-ci ; écrivez un texte entre guillemets.",
        "mqtt_broker (/data/options.json): the value is neither text, number, true or false, nor a list of these; write text in quotes.",
      ],
    ],
  },
  {
    what: "file number pdl",
    input: { env: ok, optionsFile: file('{"usage_points": [1234567890123]}') },
    faults: [
      [
        "usage_points (/data/options.json) : « …0123 » a 13 chiffres au lieu de 14 ; recopiez le numéro de PDL (ou PRM) de votre facture, entre guillemets s'il commence par 0.",
        'usage_points (/data/options.json): "…0123" has 13 digits instead of 14; copy the PDL (or PRM) number from your bill, in quotes when it begins with 0.',
      ],
    ],
  },
  {
    what: "file qos",
    input: { env: ok, optionsFile: file('{"mqtt_qos": 1.5}') },
    faults: [
      [
        "mqtt_qos (/data/options.json) : « 1.5 » est inconnu ; choisissez parmi 0, 1, 2.",
        'mqtt_qos (/data/options.json): "1.5" is unknown; choose among 0, 1, 2.',
      ],
    ],
  },
  {
    what: "several faults at once",
    input: { env: { MED_CLIENT_ID: "cli_abc", MQTT_BROKER: "http://x", MQTT_QOS: "9", LINKY_LANGUAGE: "xx" } },
    faults: [
      [
        "MQTT_BROKER (environnement) : « http://x » : http:// n'est pas un protocole MQTT ; écrivez mqtt://, mqtts://, ws:// ou wss://, par exemple mqtt://192.168.1.10:1883.",
        'MQTT_BROKER (environment): "http://x": http:// is not an MQTT scheme; write mqtt://, mqtts://, ws:// or wss://, for example mqtt://192.168.1.10:1883.',
      ],
      [
        "MQTT_QOS (environnement) : « 9 » est inconnu ; choisissez parmi 0, 1, 2.",
        'MQTT_QOS (environment): "9" is unknown; choose among 0, 1, 2.',
      ],
      [
        "LINKY_LANGUAGE (environnement) : « xx » est inconnu ; choisissez parmi fr, en.",
        'LINKY_LANGUAGE (environment): "xx" is unknown; choose among fr, en.',
      ],
      [
        "MED_CLIENT_SECRET (environnement) : le secret client manque ; recopiez-le depuis la page de votre compte MyElectricalData, ou essayez « npm run demo » sans compte.",
        'MED_CLIENT_SECRET (environment): the client secret is missing; copy it from your MyElectricalData account page, or try "npm run demo" without an account.',
      ],
    ],
  },
  {
    what: "an address with its port where a host is wanted, and a port beyond the last",
    input: { env: { ...ok, API_HOST: "http://127.0.0.1:80", API_PORT: "65536" } },
    faults: [
      [
        "API_PORT (environnement) : « 65536 » n'est pas un nombre entier de 0 à 65535 ; écrivez par exemple 8181.",
        'API_PORT (environment): "65536" is not a whole number from 0 to 65535; write for example 8181.',
      ],
      [
        "API_HOST (environnement) : « http://127.0.0.1:80 » n'est ni un nom de machine ni une adresse ; écrivez par exemple 127.0.0.1, sans protocole ni port.",
        'API_HOST (environment): "http://127.0.0.1:80" is neither a host name nor an address; write for example 127.0.0.1, without protocol or port.',
      ],
    ],
  },
];

for (const { what, input, faults } of table)
  test(`${what}: exactly the sentences expected, in both languages`, () => {
    const result = loadConfig(input);
    assert.ok("faults" in result, "the input was accepted");
    assert.deepEqual(
      result.faults.map(({ text }) => [text.fr, text.en]),
      faults,
    );
  });

test("no fault ever repeats a secret", () => {
  const secrets = /s3cr3t|topsecret|top#secret|second-half|pass\/word|motdepasse|:pw@|one1|two2|token=1/;
  for (const { input } of table) assert.doesNotMatch(JSON.stringify(loadConfig(input)), secrets);
});
