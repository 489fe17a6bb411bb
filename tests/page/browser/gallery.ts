import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { serveFiles } from "./files.ts";

const root = join(import.meta.dirname, "..", "gallery");

/** Every part of the kit on one page, built as the page is and served under the same policy. */
export async function startGallery(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "linky-gallery-"));
  await build({
    configFile: false,
    root,
    base: "./",
    logLevel: "warn",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: directory,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 600,
    },
  });
  const site = await serveFiles(directory);
  return {
    url: site.url,
    close: async () => {
      await site.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
