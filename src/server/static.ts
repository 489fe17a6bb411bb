import { existsSync } from "node:fs";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyStaticOptions } from "@fastify/static";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";

/**
 * Where the built page is: at the root of the package, which is the same way up from here in a checkout and in what is
 * installed. Null where it is not built.
 */
export function findPage(): string | null {
  const directory = fileURLToPath(new URL("../../dist-page", import.meta.url));
  return existsSync(`${directory}/index.html`) ? directory : null;
}

/** The files of the page that keep their names, but its index: those that there are at the start, and no others. */
export const pageFiles = (directory: string): FastifyStaticOptions => ({
  root: directory,
  wildcard: false,
  globIgnore: ["index.html", "assets/**", "**/*.br", "**/*.gz", "**/*.map"],
  index: false,
  dotfiles: "ignore",
  preCompressed: true,
  cacheControl: false,
  setHeaders: (reply, path) => {
    reply.header("cache-control", isHashed(path) ? "public, max-age=31536000, immutable" : "no-cache");
  },
});

/** `main-BtP0JoQ0.js`: one name without a path, and not of what is only sent in the place of another file. */
const hashedName = /^[\w-]+\.(js|css|svg|png|webp|woff2)$/;

/**
 * The files that the build names by their content. They are looked for when they are asked for: a page that is built
 * anew beside the running service names others than there were at its start.
 */
export const hashedFiles: FastifyPluginAsyncZod = async (app) => {
  app.get("/assets/:file", { schema: { hide: true, params: z.object({ file: z.string() }) } }, ({ params }, reply) =>
    hashedName.test(params.file) ? reply.sendFile(`assets/${params.file}`) : reply.callNotFound(),
  );
};

/** The build names these files by their content. */
const isHashed = (path: string): boolean => path.includes(`${sep}assets${sep}`);

/**
 * What the page may do: load its own files and ask its own API. Home Assistant shows it in a frame of its own origin.
 */
export const pageHeaders = {
  "cache-control": "no-cache",
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join("; "),
  "referrer-policy": "same-origin",
  "x-frame-options": "SAMEORIGIN",
} as const;
