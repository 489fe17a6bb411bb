import type { HomeAssistantConfig } from "./config.ts";
import { supervisorAddress } from "./home-assistant-url.ts";
import type { OptionValues } from "./options.ts";
import type { Environment } from "./sources.ts";

/** The app's own token, new at every start; null outside of an app. */
export function supervisorToken({ SUPERVISOR_TOKEN }: Environment): string | null {
  const token = (SUPERVISOR_TOKEN ?? "").trim();
  return token === "" ? null : token;
}

/** Where an app finds the Supervisor, without a slash at its end. */
export function supervisorUrl({ SUPERVISOR_URL }: Environment): string {
  const url = (SUPERVISOR_URL ?? "").trim().replace(/\/+$/, "");
  return url === "" ? "http://supervisor" : url;
}

/** Where and how Home Assistant is written to; null when it is not, or when a part is missing. */
export function buildHomeAssistant(values: OptionValues, ownToken: string | null): HomeAssistantConfig | null {
  return values.homeassistant_enabled === false ? null : addressAndToken(values, ownToken);
}

/** Home Assistant, whatever is brought there; null where a part is missing. */
export function addressAndToken(values: OptionValues, ownToken: string | null): HomeAssistantConfig | null {
  const address = values.homeassistant_url ?? (ownToken === null ? null : supervisorAddress);
  if (address === null) return null;
  // The Supervisor takes no other token than the one it gave.
  const token = address.viaSupervisor && ownToken !== null ? ownToken : values.homeassistant_token;
  return token === null ? null : { ...address, token };
}
