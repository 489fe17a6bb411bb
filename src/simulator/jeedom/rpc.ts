import { z } from "zod";
import { admit, requireOpen } from "./access.ts";
import type { Method } from "./method.ts";
import { commandMethods } from "./methods/command.ts";
import { coreMethods } from "./methods/core.ts";
import { equipmentMethods } from "./methods/equipment.ts";
import { isEmpty } from "./php.ts";
import { notAllowed, Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** Those of the core's methods that an exporter has a use for; any other one is answered as unknown. */
const methods: ReadonlyMap<string, Method> = new Map(
  [...coreMethods, ...equipmentMethods, ...commandMethods].map((one) => [one.name, one]),
);

/** What a request without an id is answered with. */
const defaultId = 99_999;

const params = z.looseObject({ apikey: z.string().optional(), plugin: z.string().optional() });
const request = z.looseObject({
  jsonrpc: z.unknown().optional(),
  id: z.unknown().optional(),
  method: z.string().default("none"),
  params: z.unknown().optional(),
});
export type RpcRequest = z.infer<typeof request>;

/** The request as far as it can be read: a batch, a form and a text that is no JSON are requests without anything. */
export function parseRequest(body: string): RpcRequest {
  const parsed = request.safeParse(parsedJson(body));
  return parsed.success ? parsed.data : { method: "none" };
}

/** The answer: a result, "ok" where there is none, or an error. Always HTTP 200. */
export function answerRpc(world: World, asked: RpcRequest, ip: string): object {
  const head = { jsonrpc: "2.0", id: asked.id ?? defaultId };
  world.traffic.called(asked.method);
  try {
    const result = resultOf(world, asked, ip);
    return { ...head, result: isEmpty(result) ? "ok" : result };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...head, error: { code: error.code, message: error.message } };
  }
}

/** In the core's order: version, rules on methods, mode of the API, key, restriction, method. */
function resultOf(world: World, asked: RpcRequest, ip: string): unknown {
  const { settings, bans, clock } = world;
  if (asked.jsonrpc !== "2.0") {
    bans.failed(ip, clock.now());
    throw new Refusal(1, "Requête invalide. Version JSON-RPC invalide : ");
  }
  if (settings.forbiddenMethods?.test(asked.method) || settings.allowedMethods?.test(asked.method) === false)
    throw new Refusal(-32000, `Cette demande n'est pas autorisée ${ip}`);
  const sent = params.safeParse(paramsOf(asked));
  const { apikey, plugin = "" } = sent.success ? sent.data : {};
  const door = { plugin: plugin === "" ? "core" : plugin, ip };
  requireOpen(door, settings);
  if (asked.method === "ping") return "pong";
  if (apikey === undefined) throw notAllowed();
  const caller = admit({ ...door, key: apikey }, settings);
  const found = methods.get(asked.method);
  if (caller.isRestricted || !found) throw new Refusal(500, `Aucune méthode correspondante : ${asked.method}`);
  return found.run(sent.data ?? {}, { world, caller });
}

/** Parameters may come as JSON inside the JSON; a list has no names. */
function paramsOf({ params: sent }: RpcRequest): unknown {
  const read = typeof sent === "string" ? parsedJson(sent) : sent;
  return typeof read === "object" && read !== null && !Array.isArray(read) ? read : {};
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
