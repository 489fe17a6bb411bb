import type { Built } from "./compose.ts";
import type { Config } from "./config/config.ts";
import type { ConfigReader } from "./config/read.ts";
import { configWithPage } from "./page-config.ts";
import { listensToItself } from "./server/addresses.ts";
import type { SecurityParts, SettingsParts } from "./server/parts.ts";
import type { Text } from "./shared/language.ts";
import type { Logger } from "./shared/log.ts";
import { type AccessMemory, createAccess } from "./sync/access/access.ts";
import { AccessRefusal } from "./sync/access/refusal.ts";
import { tryConnection } from "./try-connection.ts";

/** What the page may do with who visits it and with the settings. */
export interface PageParts {
  /** Without what was set in the page. */
  readonly base: Config;
  readonly reader?: ConfigReader;
  readonly memory: AccessMemory;
  /** Brings changed settings into force. */
  readonly apply: () => void;
}

/** Who may visit; the password of the environment is taken, or the code of a first visit told. */
export async function securityOf(
  { session, access: store }: Built,
  { memory }: PageParts,
  log: Logger,
): Promise<SecurityParts> {
  const { clock, language, config } = session;
  const access = createAccess({ store, clock, memory });
  const { host, supervisor, password } = config.server ?? { host: "127.0.0.1", supervisor: "absent", password: null };
  try {
    if (password !== null && (await access.takeFromEnvironment(password))) log.info(passwordTaken[language]);
  } catch (error) {
    if (!(error instanceof AccessRefusal)) throw error;
    log.error(`web_password (LINKY_PASSWORD): ${error.text[language]}`);
  }
  const isOpen = supervisor === "trusted" || (supervisor === "absent" && !listensToItself(host));
  if (isOpen && !(await access.hasPassword())) log.warn(firstVisit(access.setupCode)[language]);
  return { access, language, log };
}

const passwordTaken: Text = {
  fr: "le mot de passe de la page est celui de web_password (LINKY_PASSWORD)",
  en: "the password of the page is that of web_password (LINKY_PASSWORD)",
};
const firstVisit = (code: string): Text => ({
  fr: `Première visite : ouvrez la page et donnez le code ${code} pour choisir son mot de passe.`,
  en: `First visit: open the page and give the code ${code} to choose its password.`,
});

/** Null where nothing is taken from the page. */
export function settingsOf(
  { session, settings }: Built,
  { base, reader, apply }: PageParts,
  log: Logger,
): SettingsParts | null {
  if (settings === null || reader === undefined) return null;
  return {
    settings,
    describe: reader.describe,
    tryConnection: (name, page, signal) => {
      const config = configWithPage(base, reader, { page, log });
      return tryConnection(name, { config, store: session.store, log, clock: session.clock }, signal);
    },
    apply,
    log,
  };
}
