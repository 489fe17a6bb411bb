import type { Box, Door } from "./box.ts";
import { failure } from "./failure.ts";
import { type LocalClock, localClock } from "./local-time.ts";
import { pluginList, pong, setting, version } from "./messages.ts";

/** What is known of a box once its key has been found to work. */
export interface Session {
  readonly door: Door;
  readonly version: string;
  readonly clock: LocalClock;
  /** False where the key may not read the box's settings, so that the zone is the one expected. */
  readonly zoneIsTold: boolean;
}

/**
 * Finds the door that the key opens, and checks all that is needed behind it.
 * @throws JeedomFailure that says which setting is in the way.
 */
export async function openDoor(box: Box, expectedZone: string, signal: AbortSignal): Promise<Session> {
  const door = await openedBy(box, signal);
  const told = await versionBehind(box, door, signal);
  const zone = await zoneOf(box, door, signal);
  await requirePlugin(box, door, signal);
  return { door, version: told, clock: clockOf(box, zone ?? expectedZone), zoneIsTold: zone !== null };
}

/** Ping carries no key: none is shown to a server that is no Jeedom. The plugin's door stays open where the core's is shut. */
async function openedBy(box: Box, signal: AbortSignal): Promise<Door> {
  for (const door of ["virtual", "core"] as const) {
    const reply = await box.ask({ method: "ping", door }, signal);
    if (reply.kind === "error" && reply.code === 1) continue;
    if (reply.kind === "error") throw failure("method_blocked", box.facts("ping"));
    if (!pong.safeParse(reply.result).success) throw failure("wrong_url", box.facts());
    return door;
  }
  throw failure("api_disabled", box.facts());
}

/** The first call that needs the key. */
async function versionBehind(box: Box, door: Door, signal: AbortSignal): Promise<string> {
  const reply = await box.ask({ method: "version", door }, signal);
  if (reply.kind === "result") return box.parse("version", reply.result, version);
  if (reply.code === -32000) throw failure("method_blocked", box.facts("version"));
  throw box.refusal("version", reply);
}

/**
 * The zone of the box; null where it is not told. Behind the plugin's door a core answers with the plugin's own settings,
 * which may hold none (jeeApi.php, `config::byKey`): then the core's door is asked, which a plugin's key does not open.
 */
async function zoneOf(box: Box, opened: Door, signal: AbortSignal): Promise<string | null> {
  const doors: readonly Door[] = opened === "core" ? ["core"] : ["virtual", "core"];
  for (const door of doors) {
    const asked = { method: "config::byKey", params: { key: "timezone" }, door } as const;
    const reply = await box.ask(asked, signal);
    const zone = reply.kind === "error" ? null : box.parse(asked.method, reply.result, setting);
    if (zone !== null) return zone;
  }
  return null;
}

function clockOf(box: Box, zone: string): LocalClock {
  try {
    return localClock(zone);
  } catch (cause) {
    throw failure("clock_differs", box.facts(zone), cause);
  }
}

/** @throws JeedomFailure unless the plugin Virtuel is active. */
export async function requirePlugin(box: Box, door: Door, signal: AbortSignal): Promise<void> {
  const asked = { method: "plugin::listPlugin", params: { activateOnly: 1 }, door };
  const active = await box.call(asked, pluginList, signal);
  if (!active.includes("virtual")) throw failure("plugin_missing", box.facts());
}
