import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import {
  createStatesDestination,
  type StatesDestinationSettings,
} from "../../../src/adapters/home-assistant-states/states.ts";
import { SteppedClock } from "../../../src/shared/clock.ts";
import { silentLog } from "../../../src/shared/log.ts";
import { createHomeAssistant, type HomeAssistantOptions } from "../../../src/simulator/home-assistant/double.ts";
import type { Destination, RunRequest } from "../../../src/sync/exports/destination.ts";
import { at, knownSnapshot } from "../../support/snapshots.ts";

export const adminToken = "token-of-an-administrator";
export const signal = new AbortController().signal;

/** A Home Assistant with an administrator, a plain user and a Supervisor, and a destination as the first of them. */
export async function startStates(
  t: TestContext,
  {
    home = {},
    settings = {},
  }: { home?: Partial<HomeAssistantOptions>; settings?: Partial<StatesDestinationSettings> } = {},
) {
  const clock = new SteppedClock(at("2026-11-21T08:00:00Z"));
  const double = createHomeAssistant({
    clock,
    tokens: [
      { token: adminToken, isAdmin: true },
      { token: "token-of-a-user", isAdmin: false },
    ],
    supervisorToken: "token-of-the-supervisor",
    ...home,
  });
  const { url, close } = await double.listen({ port: 0 });
  t.after(close);
  const another = (changes: Partial<StatesDestinationSettings> = {}): Destination =>
    createStatesDestination({
      baseUrl: `${url}/api`,
      token: adminToken,
      viaSupervisor: false,
      language: "fr",
      log: silentLog(),
      ...settings,
      ...changes,
    });
  const destination = another();
  const run = (request: Partial<RunRequest> = {}, by = destination) =>
    by.run(
      { snapshot: knownSnapshot(), isForced: false, isCheck: false, onBrought: () => undefined, ...request },
      signal,
    );
  const state = (id: string) => double.states.find(({ entity_id }) => entity_id === id);
  return {
    double,
    clock,
    url,
    destination,
    another,
    run,
    state,
    writes: () => double.traffic.count("POST /api/states"),
  };
}

/** A web server of the test's own; its address. */
export async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}
