import { notAllowed, Refusal } from "./refusal.ts";
import { type ApiDoor, type ApiMode, type BoxSettings, type BoxUser, matchesIp } from "./settings.ts";

/** Whom a key stands for. Null users are a key of the core or of the plugin, which may do everything. */
export interface Caller {
  readonly user: BoxUser | null;
  readonly isRestricted: boolean;
}

export interface Asked {
  readonly key: string;
  /** `core` where the request names none. */
  readonly plugin: string;
  readonly ip: string;
}

/** A shorter key is refused without being looked at. */
const shortestKey = 16;

/** The caller that a key opens the API of `plugin` to; null where it does not. */
export function callerOf({ key, plugin, ip }: Asked, settings: BoxSettings): Caller | null {
  if (key.trim() === "" || key.length < shortestKey) return null;
  const user = settings.users.find(({ hash }) => hash === key);
  if (user) return { user, isRestricted: false };
  const door = doorOf(plugin, settings);
  if (!door || !isOpen(door.mode, ip, settings) || door.key !== key) return null;
  return { user: null, isRestricted: door.isRestricted };
}

/** As the JSON-RPC asks: the key of the plugin that is named, or the core's. @throws Refusal */
export function admit(asked: Asked, settings: BoxSettings): Caller {
  const caller = callerOf(asked, settings) ?? callerOf({ ...asked, plugin: "core" }, settings);
  if (!caller) throw new Refusal(2, notAllowed().message);
  return caller;
}

/** Before any key is looked at. @throws Refusal */
export function requireOpen({ plugin, ip }: Omit<Asked, "key">, settings: BoxSettings): void {
  const door = doorOf(plugin, settings);
  if (door && !isOpen(door.mode, ip, settings)) throw notAllowed();
}

/** A plugin that is not there has the default mode, and a key that nobody knows. */
const doorOf = (plugin: string, { core, virtual }: BoxSettings): ApiDoor | null =>
  plugin === "core" ? core : plugin === "virtual" ? virtual : null;

function isOpen(mode: ApiMode, ip: string, { whiteIps }: BoxSettings): boolean {
  switch (mode) {
    case "enable":
      return true;
    case "disable":
      return false;
    case "localhost":
      return ip === "127.0.0.1";
    case "whiteip":
      return whiteIps.length === 0 || whiteIps.some((pattern) => matchesIp(pattern, ip));
  }
}

/** Administrators and plain users see everything; a restricted one what the profile names. */
export const canRead = ({ user }: Caller, equipmentId: number): boolean =>
  user === null || user.profile !== "restrict" || user.equipmentIds.includes(equipmentId);

/** Creating is for administrators. */
export const canCreate = ({ user }: Caller): boolean => user === null || user.profile === "admin";
