import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { type Listening, listen } from "../../../src/simulator/listen.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** As strict as the server's own: nothing inline, nothing from elsewhere. */
export const strictPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'self'";

/** A directory of built files. */
export const serveFiles = (directory: string): Promise<Listening> =>
  listen(
    async (request) => {
      const { pathname } = new URL(request.url);
      const path = normalize(pathname === "/" ? "/index.html" : pathname);
      try {
        const content = await readFile(join(directory, path));
        const type = types[extname(path)] ?? "application/octet-stream";
        return new Response(content, { headers: { "content-type": type, "content-security-policy": strictPolicy } });
      } catch {
        return new Response(null, { status: pathname === "/favicon.ico" ? 204 : 404 });
      }
    },
    { port: 0 },
  );
