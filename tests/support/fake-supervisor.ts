import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What `GET /services/mqtt` answers. A text is sent as it is. */
export type MqttAnswer =
  | { readonly status: 200; readonly data: Readonly<Record<string, unknown>> }
  | { readonly status: 400 | 403 | 502; readonly message: string }
  | { readonly status: 200; readonly text: string };

export interface FakeSupervisor {
  readonly url: string;
  readonly token: string;
  /** Paths that were asked for with the right token. */
  readonly asked: readonly string[];
  answer: MqttAnswer;
  stop(): Promise<void>;
}

/** The service a broker app offers, as `services/modules/mqtt.py` of the Supervisor gives it. */
export const mosquittoApp = (port: number, password: string): MqttAnswer => ({
  status: 200,
  data: {
    addon: "core_mosquitto",
    host: "127.0.0.1",
    port,
    ssl: false,
    protocol: "3.1.1",
    username: "addons",
    password,
  },
});

/** Nothing offers the service. */
export const noMosquitto: MqttAnswer = { status: 400, message: "Service not enabled" };

/**
 * The part of the Supervisor that an app asks for its broker: token first, `{result, data}` or `{result, message}`.
 * `port` is that of an earlier one, to come back at the same address.
 */
export async function startFakeSupervisor(first: MqttAnswer, port = 0): Promise<FakeSupervisor> {
  const token = "token-of-this-start";
  const asked: string[] = [];
  const state = { answer: first };
  const server = createServer(({ url = "", headers }, response) => {
    const send = (status: number, content: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(typeof content === "string" ? content : JSON.stringify(content));
    };
    if (headers.authorization !== `Bearer ${token}`) return send(401, "401: Unauthorized");
    asked.push(url);
    if (url !== "/services/mqtt") return send(404, "404: Not Found");
    const { answer } = state;
    if ("text" in answer) return send(200, answer.text);
    if ("data" in answer) return send(200, { result: "ok", data: answer.data });
    return send(answer.status, { result: "error", message: answer.message });
  });
  server.listen(port, "127.0.0.1");
  await new Promise<void>((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    asked,
    get answer() {
      return state.answer;
    },
    set answer(answer) {
      state.answer = answer;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
