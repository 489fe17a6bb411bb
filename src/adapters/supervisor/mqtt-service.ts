import ky, { HTTPError } from "ky";
import { z } from "zod";
import { registerSecret } from "../../shared/log.ts";
import { SupervisorFailure, sentences } from "./failure.ts";

/** The broker app that runs beside us, and the login that the Supervisor made for apps. */
export interface MqttService {
  /** `mqtt` or `mqtts`, with its port and without credentials. */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
}

export interface SupervisorAccess {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
}

/** The Supervisor is on the same machine. */
const timeoutMs = 10_000;

const filled = z
  .string()
  .nullish()
  .transform((text) => (text ? text : null));

/** Documented with the port as text and sent as a number: both are taken. */
const answer = z.object({
  result: z.literal("ok"),
  data: z.object({
    host: z.string().min(1),
    port: z.coerce.number().int().min(1).max(65_535),
    ssl: z.boolean().default(false),
    username: filled,
    password: filled,
  }),
});

/**
 * The Supervisor's MQTT service (`GET /services/mqtt`); null where no broker app runs. Its values may change at any time.
 * @throws SupervisorFailure
 */
export async function fetchMqttService(
  { url, token }: SupervisorAccess,
  signal: AbortSignal,
): Promise<MqttService | null> {
  const content = await ask(`${url}/services/mqtt`, { token, signal });
  if (content === null) return null;
  const read = answer.safeParse(content);
  if (!read.success) throw new SupervisorFailure("unexpected", sentences.unexpected("200"));
  const { host, port, ssl, username, password } = read.data.data;
  if (password !== null) registerSecret(password);
  return { url: `${ssl ? "mqtts" : "mqtt"}://${host.includes(":") ? `[${host}]` : host}:${port}`, username, password };
}

async function ask(
  address: string,
  { token, signal }: { readonly token: string; readonly signal: AbortSignal },
): Promise<unknown> {
  try {
    return await ky
      .get(address, { headers: { authorization: `Bearer ${token}` }, retry: 0, timeout: timeoutMs, signal })
      .json();
  } catch (error) {
    signal.throwIfAborted();
    const status = error instanceof HTTPError ? error.response.status : null;
    // "Service not enabled": the Mosquitto app is absent or stopped.
    if (status === 400) return null;
    if (status === 401 || status === 403)
      throw new SupervisorFailure("forbidden", sentences.forbidden(), { cause: error });
    if (status !== null || error instanceof SyntaxError)
      throw new SupervisorFailure("unexpected", sentences.unexpected(String(status ?? 200)), { cause: error });
    throw new SupervisorFailure("unreachable", sentences.unreachable(), { cause: error });
  }
}
