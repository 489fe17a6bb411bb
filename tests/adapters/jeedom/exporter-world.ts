import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { TestContext } from "node:test";
import { createJeedomExporter, type JeedomExporterSettings } from "../../../src/adapters/jeedom/exporter.ts";
import { type Instant, instant } from "../../../src/domain/units.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { createJeedomBox, type JeedomDouble, type JeedomOptions } from "../../../src/simulator/jeedom/double.ts";
import type { Exporter } from "../../../src/sync/exports/exporter.ts";
import { at, virtualKey } from "./support.ts";

export interface ExportWorld {
  readonly double: JeedomDouble;
  readonly clock: SteppedClock;
  readonly url: string;
  readonly exporter: Exporter;
  /** Another exporter to the same box. */
  another(settings?: Partial<JeedomExporterSettings>): Exporter;
  /** The rows of the command of that logical id, `datetime=value`; null where there is no such command. */
  rows(logicalId: string): readonly string[] | null;
  /** The current value of the command of that logical id; null before the first one. */
  current(logicalId: string): number | string | null;
  onRequest(listener: () => void): void;
  vanish(): Promise<void>;
}

/** A box in Paris, behind a door that counts, at nine in the morning of 21 November 2026. */
export async function startExport(
  t: TestContext,
  { box = {}, settings = {} }: { box?: Partial<JeedomOptions>; settings?: Partial<JeedomExporterSettings> } = {},
): Promise<ExportWorld> {
  const clock = new SteppedClock(at("2026-11-21T08:00:00Z"));
  const double = createJeedomBox({ clock, timeZone: "Europe/Paris", ...box });
  const behind = await double.listen({ port: 0 });
  const door = await openDoor(behind.url);
  t.after(behind.close);
  t.after(door.close);
  const another = (changes: Partial<JeedomExporterSettings> = {}): Exporter =>
    createJeedomExporter({
      url: door.url,
      apiKey: virtualKey,
      timeZone: null,
      unit: "kWh",
      clock,
      log: silentLog(),
      ...settings,
      ...changes,
    });
  const command = (logicalId: string) =>
    double.equipment.flatMap(({ id }) => double.commandsOf(id)).find((one) => one.logicalId === logicalId);
  return {
    double,
    clock,
    url: door.url,
    exporter: another(),
    another,
    rows(logicalId) {
      const found = command(logicalId);
      return found ? double.history(found.id).map(({ datetime, value }) => `${datetime}=${value}`) : null;
    },
    current: (logicalId) => double.current(command(logicalId)?.id ?? 0)?.value ?? null,
    onRequest: door.onRequest,
    vanish: door.close,
  };
}

/** Passes requests on, and tells of each. */
async function openDoor(behind: string) {
  let listener = (): void => undefined;
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    listener();
    const answer = await fetch(`${behind}${request.url}`, { method: request.method ?? "POST", body }).catch(() => null);
    if (answer === null) response.destroy();
    else response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onRequest(next: () => void) {
      listener = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The instant of a date of a box in Paris; the earlier one in the repeated hour. */
export function parisInstant(datetime: string): Instant {
  const [summer, winter] = ["+02:00", "+01:00"].map((offset) => Date.parse(`${datetime.replace(" ", "T")}${offset}`));
  const shown = (ms: number): string =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "medium" }).format(ms);
  return instant(shown(summer ?? 0) === datetime ? (summer ?? 0) : (winter ?? 0));
}
