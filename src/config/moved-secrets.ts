import type { Text } from "../shared/language.ts";
import { brokerAddress, brokerUrl } from "./broker-url.ts";
import { homeAssistantUrl } from "./home-assistant-url.ts";
import { readAs } from "./kinds.ts";
import type { OptionKey } from "./options.ts";
import type { SettingView } from "./page-settings.ts";
import { inPage, Refusal, remark } from "./remark.ts";
import { serviceUrl } from "./service-url.ts";

const victoriaMetrics = ["victoriametrics_url", "victoriametrics_read_url", "victoriametrics_delete_url"] as const;

/** Where each secret is sent to. */
export const sentTo: Readonly<Partial<Record<OptionKey, readonly OptionKey[]>>> = {
  client_id: ["gateway_url"],
  client_secret: ["gateway_url"],
  homeassistant_token: ["homeassistant_url"],
  mqtt_password: ["mqtt_broker"],
  victoriametrics_password: victoriaMetrics,
  victoriametrics_token: victoriaMetrics,
  victoriametrics_headers: victoriaMetrics,
  victoriametrics_delete_auth_key: ["victoriametrics_url", "victoriametrics_delete_url"],
  jeedom_api_key: ["jeedom_url"],
};

interface Move {
  /** Every option, before the change and after it. */
  readonly former: readonly SettingView[];
  readonly next: readonly SettingView[];
  /** The options that the change gives a value. */
  readonly given: readonly string[];
}

/**
 * A sentence for each secret that the change would send to a server it was not given for: who may visit the page may set
 * a secret, but not read one, and must not have it sent to an address of their own. An address that the environment holds
 * is its administrator's choice.
 */
export function movedSecrets({ former, next, given }: Move): readonly Text[] {
  const faults = Object.entries(sentTo).flatMap(([secret, addresses]) => {
    const [before, after] = [viewOf(former, secret), viewOf(next, secret)];
    if (!after?.isSet || given.includes(secret)) return [];
    // Taken out of the page, a secret gives way to the environment's, which was sent to none of these.
    const known = before?.isSet && before.source === after.source ? originsOf(former, addresses) : [];
    const moved = addresses.find((key) => {
      const address = viewOf(next, key);
      return address?.source === "page" && !known.includes(originOf(address));
    });
    return moved === undefined ? [] : [giveAgain(secret, moved)];
  });
  return isFalseSupervisor(viewOf(next, "homeassistant_url")) ? [...faults, notTheSupervisor] : faults;
}

const viewOf = (all: readonly SettingView[], key: string): SettingView | undefined =>
  all.find((view) => view.key === key);

const originsOf = (all: readonly SettingView[], keys: readonly OptionKey[]): readonly (string | null)[] =>
  all
    .filter(({ key }) => keys.includes(key))
    .map(originOf)
    .filter((origin) => origin !== null);

/** Scheme, machine and port; null where nothing readable is set. */
function originOf({ key, value }: Pick<SettingView, "key" | "value">): string | null {
  if (typeof value !== "string") return null;
  const url = key === "mqtt_broker" ? brokerOf(value) : key === "homeassistant_url" ? websocketOf(value) : webOf(value);
  const parsed = url === null ? null : URL.parse(url);
  return parsed && `${parsed.protocol}//${parsed.host}`.toLowerCase();
}

function brokerOf(value: string): string | null {
  const address = readAs(brokerAddress, value);
  return address instanceof Refusal ? null : brokerUrl(address, { hasCertificate: false });
}

function websocketOf(value: string): string | null {
  const address = readAs(homeAssistantUrl, value);
  return address instanceof Refusal ? null : address.websocketUrl;
}

function webOf(value: string): string | null {
  const address = readAs(serviceUrl("", ""), value);
  return address instanceof Refusal ? null : address;
}

/** The Supervisor's own token, which no option holds, is sent to its proxy: to any address below `/core`. */
function isFalseSupervisor(address: SettingView | undefined): boolean {
  if (address?.source !== "page" || typeof address.value !== "string") return false;
  const read = readAs(homeAssistantUrl, address.value);
  return !(read instanceof Refusal) && read.viaSupervisor && new URL(read.websocketUrl).hostname !== "supervisor";
}

const giveAgain = (secret: string, address: string): Text =>
  remark(
    { option: secret, where: inPage },
    {
      fr: `il serait envoyé à une autre machine (${address}) que celle pour laquelle il a été donné ; écrivez-le à nouveau en même temps que l'adresse.`,
      en: `it would be sent to another server (${address}) than the one it was given for; write it again together with the address.`,
    },
  ).text;

const notTheSupervisor: Text = remark(
  { option: "homeassistant_url", where: inPage },
  {
    fr: "une adresse en /core est celle du superviseur, qui s'appelle supervisor ; écrivez http://supervisor/core, ou l'adresse de Home Assistant jusqu'au port.",
    en: "an address with /core is the Supervisor's, whose name is supervisor; write http://supervisor/core, or Home Assistant's address up to the port.",
  },
).text;
