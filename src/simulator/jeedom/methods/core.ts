import { z } from "zod";
import { method } from "../method.ts";

/** `ping` belongs to the door: it needs no key. */
export const coreMethods = [
  method("version", {}, (_params, { world }) => world.version),
  method("jeedom::isOk", {}, () => true),
  method("datetime", {}, (_params, { world }) => world.clock.now() / 1000),
  // The plugin that the key is given for is also the one whose settings are read: only the core's has a zone.
  method(
    "config::byKey",
    { key: z.string(), plugin: z.string().default("core"), default: z.unknown().optional() },
    ({ key, plugin, default: fallback }, { world }) =>
      plugin === "core" && key === "timezone" ? world.zone : (fallback ?? ""),
  ),
  method("plugin::listPlugin", {}, (_params, { world }) =>
    world.settings.hasVirtual
      ? [{ id: "virtual", name: "Virtuel", category: "programming", author: "Jeedom SAS" }]
      : [],
  ),
  method("jeeObject::all", {}, (_params, { world }) =>
    world.rooms.map((name, position) => ({ id: position + 1, name, father_id: null, isVisible: 1 })),
  ),
];
