import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { JeedomFailure } from "../../../src/adapters/jeedom/failure.ts";
import { createJeedom, type Jeedom, type JeedomSettings } from "../../../src/adapters/jeedom/jeedom.ts";
import type { MeterRequest, PreparedMeter, QuantityCommands } from "../../../src/adapters/jeedom/prepare.ts";
import type { Quantity } from "../../../src/adapters/jeedom/quantity.ts";
import { type Instant, instant } from "../../../src/domain/units.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { createJeedomBox, type JeedomDouble, type JeedomOptions } from "../../../src/simulator/jeedom/double.ts";
import { defaultSettings } from "../../../src/simulator/jeedom/settings.ts";

export const coreKey = defaultSettings.core.key;
export const virtualKey = defaultSettings.virtual.key;

export interface World {
  readonly double: JeedomDouble;
  readonly clock: SteppedClock;
  readonly url: string;
  readonly jeedom: Jeedom;
  /** Another client of the same box. */
  client(settings: Partial<JeedomSettings>): Jeedom;
}

export const at = (text: string): Instant => instant(Date.parse(text));
export const signal = new AbortController().signal;

/** A box in Paris at noon of a winter's day, and a client with the plugin's key. */
export async function startWorld(
  t: TestContext,
  { box = {}, client = {} }: { readonly box?: Partial<JeedomOptions>; readonly client?: Partial<JeedomSettings> } = {},
): Promise<World> {
  const clock = new SteppedClock(at("2026-11-18T11:00:00Z"));
  const double = createJeedomBox({ clock, timeZone: "Europe/Paris", ...box });
  const { url, close } = await double.listen({ port: 0 });
  t.after(close);
  const make = (settings: Partial<JeedomSettings>): Jeedom =>
    createJeedom({ url, apiKey: virtualKey, clock, log: silentLog(), ...settings });
  return { double, clock, url, jeedom: make(client), client: make };
}

export const day: Quantity = {
  id: "consumption_day",
  historyName: "Consommation jour (historique)",
  currentName: "Consommation jour",
  subType: "numeric",
  unit: "kWh",
  genericType: "DAILY_CONSUMPTION",
  merge: "sum",
};
export const color: Quantity = {
  id: "tempo_today",
  historyName: "Tempo (historique)",
  currentName: "Tempo",
  subType: "string",
  unit: "",
  genericType: null,
  merge: "last",
};
export const meter: MeterRequest = { ref: "m1", name: "Linky 1234", quantities: [day, color] };

export const prepare = ({ jeedom }: World, request = meter): Promise<PreparedMeter> => jeedom.prepare(request, signal);

/** The two commands of a quantity that was prepared. */
export function commandsOf(prepared: PreparedMeter, quantity: Quantity = day): QuantityCommands {
  const found = prepared.commands.get(quantity.id);
  if (!found) throw new Error(`No commands of ${quantity.id}`);
  return found;
}

/** The rows of a command as the box holds them, `datetime=value`. */
export const rows = ({ double }: World, { id }: { readonly id: number }): readonly string[] =>
  double.history(id).map(({ datetime, value }) => `${datetime}=${value}`);

/** The failure that `promise` ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<JeedomFailure> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof JeedomFailure) return error;
    throw error;
  }
  throw new Error("It succeeded");
}

/** A web server of the test's own; its address. */
export async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address on which nothing listens any more. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
