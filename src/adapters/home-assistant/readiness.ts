import { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import { type HomeAssistantFacts, minimumVersion } from "../../sync/statistics/recorder.ts";
import type { Connection } from "./connection.ts";
import type { Endpoint } from "./endpoint.ts";
import { failure } from "./failure.ts";
import type { Timing } from "./timing.ts";
import { isOlder } from "./version.ts";

const coreConfig = z.looseObject({
  version: z.string(),
  time_zone: z.string(),
  currency: z.string().default(""),
  components: z.array(z.string()),
  // Absent from cores long before the oldest that is accepted.
  state: z.string().default("RUNNING"),
});

interface Waiting {
  readonly endpoint: Endpoint;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Resolves when Home Assistant runs with its recorder: until then `recorder/*` and `energy/*` are unknown commands, the
 * latter half a second longer. @throws HomeAssistantFailure too_old at once, not_ready after `readyMs` of the clock.
 */
export async function whenReady(connection: Connection, waiting: Waiting): Promise<HomeAssistantFacts> {
  const { endpoint, timing, clock, signal } = waiting;
  for (let waitedMs = 0; ; waitedMs += timing.readyPauseMs) {
    const config = readConfig(await connection.command("get_config"), endpoint);
    const { version, time_zone: timeZone, currency, state, components } = config;
    if (isOlder(version, minimumVersion)) throw tooOld(version, endpoint);
    const hasRecorder = components.includes("recorder");
    if (state === "RUNNING" && hasRecorder) return { version, timeZone, currency };
    const facts = { url: endpoint.websocketUrl, detail: state === "RUNNING" ? "" : state };
    if (waitedMs >= timing.readyMs) throw failure(state === "RUNNING" ? "no_recorder" : "starting", facts);
    await clock.sleep(timing.readyPauseMs, signal);
  }
}

function readConfig(value: unknown, endpoint: Endpoint): z.infer<typeof coreConfig> {
  const parsed = coreConfig.safeParse(value);
  if (parsed.success) return parsed.data;
  throw failure("no_home_assistant", { url: endpoint.websocketUrl, detail: "get_config" }, parsed.error);
}

const tooOld = (version: string, endpoint: Endpoint) =>
  failure("too_old", { url: endpoint.websocketUrl, detail: `${version} < ${minimumVersion}` });

const currentUser = z.looseObject({ is_admin: z.boolean() });

/**
 * Throws not_admin when Home Assistant says so of the token's account. Where it does not say, the first command that
 * writes finds out: nothing is written only to see whether it can be.
 */
export async function requireAdmin(connection: Connection, endpoint: Endpoint): Promise<void> {
  const outcome = await connection.request("auth/current_user");
  const user = currentUser.safeParse("value" in outcome ? outcome.value : undefined);
  if (user.success && !user.data.is_admin)
    throw failure(endpoint.viaSupervisor ? "app_not_allowed" : "not_admin", { url: endpoint.websocketUrl, detail: "" });
}
