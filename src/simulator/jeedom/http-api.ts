import { callerOf } from "./access.ts";
import { event } from "./values.ts";
import type { World } from "./world.ts";

/** A refused key is told this much later. */
const refusalDelayMs = 5_000;

/**
 * The plain HTTP API: bare text, status 200 whatever happened. An event of the virtual plugin needs the plugin's own key
 * and knows no date; a type that nobody handles is answered with nothing.
 */
export async function answerHttp(world: World, asked: URLSearchParams, ip: string): Promise<string> {
  const { settings, bans, clock } = world;
  const plugin = asked.get("plugin") ?? "core";
  const caller = callerOf({ key: asked.get("apikey") ?? "", plugin, ip }, settings);
  if (!caller) {
    bans.failed(ip, clock.now());
    await clock.sleep(refusalDelayMs);
    return `Vous n'êtes pas autorisé à effectuer cette action, IP : ${ip}`;
  }
  const type = asked.get("type") ?? "";
  if (type === "event" && plugin === "virtual") return virtualEvent(world, asked);
  if (caller.isRestricted) return "Vous n'êtes pas autorisé à effectuer cette action";
  return type === "cmd" ? command(world, asked) : "";
}

function virtualEvent(world: World, asked: URLSearchParams): string {
  const row = world.tables.command(Number(asked.get("id")));
  if (!row) return `Commande ID virtuel inconnu ou la commande n'est pas de type virtuel : ${asked.get("id") ?? ""}`;
  event(world, row, { value: asked.get("value"), datetime: null });
  return "";
}

/** Writes an info command where there is a value, and echoes what it then holds. */
function command(world: World, asked: URLSearchParams): string {
  const row = world.tables.command(Number(asked.get("id")));
  if (!row) return `Aucune commande correspondant à l'ID : ${asked.get("id") ?? ""}`;
  const value = asked.get("value") ?? "";
  if (value !== "") event(world, row, { value, datetime: null });
  return String(world.values.current(row.id)?.value ?? "");
}
