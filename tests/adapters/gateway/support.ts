import type { TestContext } from "node:test";
import { createGatewaySource, type GatewayOptions, type GatewaySource } from "../../../src/adapters/gateway/source.ts";
import { localDate } from "../../../src/domain/calendar.ts";
import { instant, usagePointId } from "../../../src/domain/units.ts";
import { silentLog } from "../../../src/shared/log.ts";
import type { Period } from "../../../src/sync/source.ts";
import { type Scripted, type ScriptedServer, startScriptedServer } from "./scripted-server.ts";

export const home = usagePointId("12345678901234");
export const secret = "a-client-secret-of-some-length";
export const never = new AbortController().signal;

/** 2026-11-20 at 10:00 in Paris: yesterday is the 19th. */
export const now = instant(Date.UTC(2026, 10, 20, 9, 0));

export const days = (from: string, to: string = from): Period => ({ from: localDate(from), to: localDate(to) });

export const success = (data: unknown): Scripted => ({
  body: { success: true, data, error: null, timestamp: "2026-11-20T09:00:00.000001" },
});

export const failure = (code: string, message: string): Scripted => ({
  body: { success: false, data: null, error: { code, message, field: null }, timestamp: "2026-11-20T09:00:00.000001" },
});

export const partial = (data: unknown, message: string): Scripted => ({
  body: {
    success: true,
    data,
    error: { code: "PARTIAL_DATA", message, field: null },
    timestamp: "2026-11-20T09:00:00",
  },
});

export const reading = (points: readonly object[]): object => ({ meter_reading: { interval_reading: points } });

export interface World {
  readonly source: GatewaySource;
  readonly server: ScriptedServer;
  /** Buckets that were asked for a call, in order. */
  readonly spent: string[];
}

/** A source that talks to a scripted server. */
export async function world(test: TestContext, options: Partial<GatewayOptions> = {}): Promise<World> {
  const server = await startScriptedServer(test);
  const spent: string[] = [];
  const source = createGatewaySource({
    baseUrl: server.baseUrl,
    clientId: "cli_test",
    clientSecret: secret,
    version: "1.2.3",
    log: silentLog(),
    spend: async (bucket) => {
      spent.push(bucket);
      return true;
    },
    clock: { now: () => now },
    ...options,
  });
  return { source, server, spent };
}
