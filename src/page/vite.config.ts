import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The API that `npm run dev:page` shows: a running demo's, unless told otherwise. */
const api = process.env.LINKY_API ?? "http://127.0.0.1:8181";

/**
 * The page as files that any path can serve: relative addresses, because Home Assistant puts it below one that changes,
 * and nothing inline, because the server's content security policy refuses it.
 */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  build: {
    outDir: fileURLToPath(new URL("../../dist-page", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // ECharts is one chunk of its own, which only charts ask for.
    chunkSizeWarningLimit: 600,
  },
  server: { host: "127.0.0.1", proxy: { "/api": api, "/health": api, "/docs": api } },
});
