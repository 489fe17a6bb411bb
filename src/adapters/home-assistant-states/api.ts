import { z } from "zod";
import { plainClient } from "../../shared/http-client.ts";
import { type Logger, registerSecret } from "../../shared/log.ts";
import { failure, networkFailure, type StatesReason } from "./failure.ts";
import { type EntityState, isSame } from "./state.ts";

export interface ApiSettings {
  /** Of Home Assistant's API, `/api` included: `http://host:8123/api`, `http://supervisor/core/api`. No credentials. */
  readonly baseUrl: string;
  /** A long-lived token of an administrator, or the Supervisor's. */
  readonly token: string;
  readonly viaSupervisor: boolean;
  /** For one request, its answer included. */
  readonly timeoutMs: number;
  readonly log: Logger;
}

/** Each method throws an `ExportFailure`, and the signal's reason when aborted. */
export interface StatesApi {
  readonly url: string;
  /** The version of a Home Assistant that has finished starting; null where a proxy lets only the API's root and states through. */
  requireRunning(signal: AbortSignal): Promise<string | null>;
  /** Whether the token may write, without writing anything. */
  requireAdmin(signal: AbortSignal): Promise<void>;
  /** Null where there is no such entity. */
  load(entityId: string, signal: AbortSignal): Promise<EntityState | null>;
  /** Resolves when the state machine has said it back. */
  save(state: EntityState, signal: AbortSignal): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly location: string;
  /** Undefined for what is no JSON. */
  readonly json: unknown;
}

type Ask = (method: "GET" | "POST" | "DELETE", path: string, signal: AbortSignal, body?: object) => Promise<Answer>;

const config = z.looseObject({ version: z.string(), state: z.string().optional() });
const stateRow = z.looseObject({
  entity_id: z.string(),
  state: z.string(),
  attributes: z.record(z.string(), z.unknown()),
});
const message = z.looseObject({ message: z.string() });

/** An entity that nobody has: removing it changes nothing, and tells whether the token might. */
const nobodysEntity = "sensor.med_linky_bridge_right_to_write";

export function createStatesApi(settings: ApiSettings): StatesApi {
  registerSecret(settings.token);
  const url = settings.baseUrl.replace(/\/+$/, "");
  const ask = createAsk({ ...settings, baseUrl: url });
  const fail = (reason: StatesReason, detail: string) => failure(reason, { url, detail });
  const refusal = (answer: Answer) => fail(...reasonOf(answer, settings.viaSupervisor));

  return {
    url,
    async requireRunning(signal) {
      const answer = await ask("GET", "/config", signal);
      if (answer.status === 404 && isRoot(await ask("GET", "/", signal))) return null;
      const told = config.safeParse(answer.json);
      if (answer.status !== 200 || !told.success) throw refusal(answer);
      if ((told.data.state ?? "RUNNING") !== "RUNNING") throw fail("starting", told.data.state ?? "");
      return told.data.version;
    },
    async requireAdmin(signal) {
      const answer = await ask("DELETE", `/states/${nobodysEntity}`, signal);
      // Who has just read may not write.
      if (answer.status === 401) throw fail(settings.viaSupervisor ? "bad_supervisor_token" : "not_admin", "HTTP 401");
      if (![200, 404].includes(answer.status)) throw refusal(answer);
    },
    async load(entityId, signal) {
      const answer = await ask("GET", `/states/${entityId}`, signal);
      // What answers here has been found to be the API.
      if (answer.status === 404) return null;
      const row = stateRow.safeParse(answer.json);
      if (answer.status !== 200 || !row.success) throw refusal(answer);
      return stateOf(row.data);
    },
    async save({ entityId, state, attributes }, signal) {
      const answer = await ask("POST", `/states/${entityId}`, signal, { state, attributes });
      if (answer.status === 401) throw fail(settings.viaSupervisor ? "bad_supervisor_token" : "not_admin", "HTTP 401");
      if (answer.status === 400)
        throw fail("refused", `${entityId}: ${message.safeParse(answer.json).data?.message ?? ""}`);
      const row = stateRow.safeParse(answer.json);
      if (![200, 201].includes(answer.status) || !row.success) throw refusal(answer);
      if (!isSame(stateOf(row.data), { entityId, state, attributes })) throw fail("not_stored", entityId);
    },
  };
}

/** What `GET /api/` says to a token that is accepted. */
const isRoot = ({ status, json }: Answer): boolean =>
  status === 200 && message.safeParse(json).data?.message === "API running.";

const stateOf = ({ entity_id, state, attributes }: z.infer<typeof stateRow>): EntityState => ({
  entityId: entity_id,
  state,
  attributes,
});

/** What an answer means that is not the one hoped for. */
function reasonOf({ status, location }: Answer, viaSupervisor: boolean): [StatesReason, string] {
  const detail = `HTTP ${status}`;
  if (status >= 500) return ["server_error", detail];
  if (status === 401) return [viaSupervisor ? "bad_supervisor_token" : "bad_token", detail];
  if (status === 403) return [viaSupervisor ? "bad_supervisor_token" : "forbidden", detail];
  // Its path and parameters may say more than is for a log.
  if (status >= 300 && status < 400) return ["redirected", URL.parse(location)?.origin ?? detail];
  return ["wrong_url", detail];
}

/** A configuration names every integration; states are far smaller. */
const largestBodyBytes = 4 * 1024 * 1024;

/** Nothing is tried twice, and no redirect is followed: it would carry the token elsewhere. */
function createAsk({ baseUrl, token, timeoutMs, log }: ApiSettings): Ask {
  const client = plainClient({
    redirect: "manual",
    headers: { authorization: `Bearer ${token}` },
  });
  return async (method, path, signal, body) => {
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(timeoutMs);
    const limits = AbortSignal.any([signal, timeout]);
    try {
      const response = await client(`${baseUrl}${path}`, { method, signal: limits, ...(body ? { json: body } : {}) });
      const json = parsedJson(await textOf(response));
      log.debug({ method, path, status: response.status }, "asked Home Assistant");
      return { status: response.status, location: response.headers.get("location") ?? "", json };
    } catch (error) {
      signal.throwIfAborted();
      if (timeout.aborted) throw failure("timeout", { url: baseUrl, detail: `${timeoutMs / 1000} s` });
      throw networkFailure(error, baseUrl);
    }
  };
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > largestBodyBytes) throw new Error(`> ${largestBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
