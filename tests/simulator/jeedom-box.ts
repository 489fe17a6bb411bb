import type { TestContext } from "node:test";
import { instant } from "../../src/domain/units.ts";
import { SteppedClock } from "../../src/shared/clock.ts";
import { createJeedomBox, type JeedomDouble, type JeedomOptions } from "../../src/simulator/jeedom/double.ts";
import { defaultSettings } from "../../src/simulator/jeedom/settings.ts";

export const coreKey = defaultSettings.core.key;
export const virtualKey = defaultSettings.virtual.key;

export interface Answer {
  readonly status: number;
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A box on a free port and a bare client of it: nothing checked, nothing retried. */
export interface Box {
  readonly double: JeedomDouble;
  readonly clock: SteppedClock;
  readonly url: string;
  /** One call with the core's key, which `params` may replace. */
  rpc(method: string, params?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** The result of a call that must succeed. */
  result(method: string, params?: object): Promise<unknown>;
  /** The code of a call's refusal; "ok" where it is not refused. */
  code(method: string, params?: object): Promise<number | "ok">;
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** The plain HTTP API. */
  get(query: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<string>;
}

/** Noon in Paris and Brussels, in winter. */
export const noon = "2026-11-18T11:00:00Z";

export const at = (text: string) => instant(Date.parse(text));

export async function startBox(t: TestContext, options: Partial<JeedomOptions> = {}): Promise<Box> {
  const clock = new SteppedClock(at(noon));
  const double = createJeedomBox({ clock, ...options });
  const { url, close } = await double.listen({ port: 0 });
  t.after(close);
  const api = `${url}/core/api/jeeApi.php`;
  const post: Box["post"] = async (body, headers = {}) => {
    const response = await fetch(api, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type") === "application/json";
    return { status: response.status, ...(isJson ? JSON.parse(text) : {}) };
  };
  const rpc: Box["rpc"] = (method, params = {}, headers = {}) =>
    post(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { apikey: coreKey, ...params } }), headers);
  return {
    double,
    clock,
    url,
    post,
    rpc,
    async result(method, params) {
      const { result, error } = await rpc(method, params);
      if (error) throw new Error(`${method}: ${error.code} ${error.message}`);
      return result;
    },
    async code(method, params) {
      return (await rpc(method, params)).error?.code ?? "ok";
    },
    async get(query, headers = {}) {
      return (await fetch(`${api}?${new URLSearchParams(query)}`, { headers })).text();
    },
  };
}

/** An enabled equipment without commands; its id. */
export async function equipment(box: Box, fields: object = {}): Promise<number> {
  const saved = await box.result("eqLogic::save", { eqType_name: "virtual", name: "Linky", isEnable: 1, ...fields });
  return idOf(saved);
}

/** A historised number; its id. */
export async function command(box: Box, equipmentId: number, fields: object = {}): Promise<number> {
  const saved = await box.result("cmd::save", {
    eqType_name: "virtual",
    eqLogic_id: equipmentId,
    name: "Jour",
    logicalId: "day",
    type: "info",
    subType: "numeric",
    isHistorized: 1,
    configuration: { historizeMode: "none" },
    ...fields,
  });
  return idOf(saved);
}

export const idOf = (row: unknown): number =>
  typeof row === "object" && row !== null && "id" in row ? Number(row.id) : Number.NaN;

/** The rows of a command as the double holds them, `datetime=value`. */
export const rows = (box: Box, id: number): readonly string[] =>
  box.double.history(id).map(({ datetime, value }) => `${datetime}=${value}`);
