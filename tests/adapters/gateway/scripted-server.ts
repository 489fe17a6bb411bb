import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

/** One request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What to answer, or a function that answers by itself: slowly, in pieces, not at all. */
export type Scripted =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body: unknown }
  | ((response: ServerResponse, request: Received) => void);

export interface ScriptedServer {
  readonly baseUrl: string;
  readonly received: Received[];
  /** The next answers, in order; the last one stays. */
  script(...answers: readonly Scripted[]): void;
}

/** An HTTP server on a free loopback port that answers what it is told and keeps what it was asked. */
export async function startScriptedServer(test: TestContext): Promise<ScriptedServer> {
  let answers: readonly Scripted[] = [{ status: 500, body: "nothing scripted" }];
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const asked = await read(request);
    received.push(asked);
    // Its clients live at a time of their own.
    response.sendDate = false;
    const answer = answers[0];
    if (answers.length > 1) answers = answers.slice(1);
    if (typeof answer === "function") answer(response, asked);
    else if (answer) send(response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/api`,
    received,
    script: (...next) => {
      answers = next;
    },
  };
}

async function read(request: IncomingMessage): Promise<Received> {
  let body = "";
  for await (const piece of request) body += piece;
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  return {
    method: request.method ?? "",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body,
  };
}

function send(response: ServerResponse, answer: Exclude<Scripted, (...never: never[]) => void>): void {
  const isText = typeof answer.body === "string";
  response.writeHead(answer.status ?? 200, {
    "content-type": isText ? "text/html" : "application/json",
    ...answer.headers,
  });
  response.end(isText ? (answer.body as string) : JSON.stringify(answer.body));
}
