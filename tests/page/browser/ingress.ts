import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

export interface Ingress {
  /** Home Assistant's own document, with the page in the frame `iframe`. Without a slash at its end. */
  readonly url: string;
  /** The page alone, below the path that it has for this session. */
  readonly pageUrl: string;
  close(): Promise<void>;
}

export interface IngressOptions {
  /** The page's server, as the Supervisor reaches it. */
  readonly target: string;
  /** Background of the theme; Home Assistant's own dark one is #111111. */
  readonly background?: string;
}

const token = "kZ3v8cQmYt0xB7dNfL1uRw5sHj9pAe2g";
const base = `/api/hassio_ingress/${token}`;

/** What is about one connection only, and no business of the other side. */
const hopHeaders = ["connection", "keep-alive", "transfer-encoding", "upgrade", "host"];

/**
 * Home Assistant's ingress as an app sees it: requests below `/api/hassio_ingress/<token>/` reach the app without that
 * prefix, with it in `X-Ingress-Path` and with who the user is. The outer document carries the theme as properties of its
 * root element, as the frontend does.
 */
export async function startIngress({ target, background = "#111111" }: IngressOptions): Promise<Ingress> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === "/") return void answerHome(outgoing, background);
    if (!incoming.url?.startsWith(`${base}/`))
      return void outgoing.writeHead(incoming.url === "/favicon.ico" ? 204 : 404).end();
    forward(incoming, outgoing, target);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The ingress has no TCP address");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    pageUrl: `${url}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, target: string): void {
  const path = incoming.url?.slice(base.length) ?? "/";
  const kept = Object.entries(incoming.headers).filter(([name]) => !hopHeaders.includes(name));
  const sent = request(`${target}${path}`, {
    method: incoming.method ?? "GET",
    headers: {
      ...Object.fromEntries(kept),
      // The Supervisor's address is trusted with the browser's origin; nobody on loopback can have that address.
      ...(incoming.headers.origin === undefined ? {} : { origin: target }),
      "x-ingress-path": base,
      "x-remote-user-id": "0123456789abcdef0123456789abcdef",
      "x-remote-user-name": "camille",
      "x-remote-user-display-name": "Camille",
    },
  });
  sent.on("response", (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  sent.on("error", () => {
    if (!outgoing.headersSent) outgoing.writeHead(502);
    outgoing.end();
  });
  outgoing.on("close", () => sent.destroy());
  incoming.pipe(sent);
}

const answerHome = (outgoing: ServerResponse, background: string): void => {
  outgoing.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(`<!doctype html>
<html lang="fr" style="--primary-background-color: ${background}; --primary-text-color: #e1e1e1; --card-background-color: #1c1c1c">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Home Assistant</title>
<style>body{margin:0;background:var(--primary-background-color)}iframe{display:block;width:100%;height:100vh;border:0}</style></head>
<body><iframe title="Linky Bridge" src="${base}/"></iframe></body></html>`);
};
