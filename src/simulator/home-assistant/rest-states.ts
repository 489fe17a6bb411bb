import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { User, World } from "./world.ts";

/** What the core answers: a text as it is, an object as JSON. */
export interface RestAnswer {
  readonly status: number;
  readonly body: object | string;
  readonly location?: string;
}

export interface RestRequest {
  readonly method: string;
  /** Below the core's root: `/api/states/sensor.x`. */
  readonly path: string;
  readonly body: string;
  readonly user: User;
}

const prefix = "/api/states";
/** `core.valid_entity_id`. */
const entityIdForm = /^(?!.+__)(?!_)[\da-z_]+(?<!_)\.(?!_)[\da-z_]+(?<!_)$/;
const longestState = 255;

const unauthorized: RestAnswer = { status: 401, body: "401: Unauthorized" };
const message = (status: number, text: string): RestAnswer => ({ status, body: { message: text } });
const notFound = message(404, "Entity not found.");

/** The state machine behind `/api/states`; null for another path. States that come this way are lost by a restart. */
export function answerStates(world: World, request: RestRequest): RestAnswer | null {
  const { method, path } = request;
  if (path === prefix) return method === "GET" ? { status: 200, body: [...world.states] } : notAllowed;
  if (!path.startsWith(`${prefix}/`)) return null;
  world.traffic.command(`${method} ${prefix}`);
  const entityId = decodeURIComponent(path.slice(prefix.length + 1)).toLowerCase();
  switch (method) {
    case "GET":
      return read(world, entityId);
    case "POST":
      return request.user.isAdmin ? write(world, entityId, request.body) : unauthorized;
    case "DELETE":
      return request.user.isAdmin ? remove(world, entityId) : unauthorized;
    default:
      return notAllowed;
  }
}

const notAllowed: RestAnswer = { status: 405, body: "405: Method Not Allowed" };

function read({ states }: World, entityId: string): RestAnswer {
  const found = states.find(({ entity_id }) => entity_id === entityId);
  return found ? { status: 200, body: found } : notFound;
}

const written = z.looseObject({
  state: z.union([z.string(), z.number(), z.boolean()]).optional(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
});

/** Attributes are replaced as a whole; the time of the last change stays while the state is the same. */
function write(world: World, entityId: string, body: string): RestAnswer {
  const sent = parsed(body);
  if (sent === undefined) return message(400, "Invalid JSON specified.");
  const { state, attributes } = written.safeParse(sent).data ?? {};
  if (state === undefined) return message(400, "No state specified.");
  if (!entityIdForm.test(entityId)) return message(400, "Invalid entity ID specified.");
  if (String(state).length > longestState) return message(400, "Invalid state specified.");
  const now = new Date(world.clock.now()).toISOString().replace("Z", "+00:00");
  const former = world.states.find(({ entity_id }) => entity_id === entityId);
  const row = {
    entity_id: entityId,
    state: String(state),
    attributes: attributes ?? {},
    last_changed: former?.state === String(state) ? former.last_changed : now,
    last_reported: now,
    last_updated: now,
    context: { id: randomBytes(13).toString("hex").toUpperCase(), parent_id: null, user_id: null },
  };
  world.states = [...world.states.filter((one) => one !== former), row];
  world.pushedStates.add(entityId);
  return { status: former ? 200 : 201, body: row, location: `${prefix}/${entityId}` };
}

function remove(world: World, entityId: string): RestAnswer {
  const left = world.states.filter(({ entity_id }) => entity_id !== entityId);
  if (left.length === world.states.length) return notFound;
  world.states = left;
  return message(200, "Entity removed.");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
