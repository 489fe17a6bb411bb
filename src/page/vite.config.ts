import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** The API that `npm run dev:page` shows: a running demo's, unless told otherwise. */
const api = process.env.LINKY_API ?? "http://127.0.0.1:8181";

/** A page's chunk is named after its folder. */
const nameOf = (module: string | null | undefined): string => {
  const [, page = "shared"] = /\/pages\/([\w-]+)\/page\.tsx$/.exec(module ?? "") ?? [];
  return module?.endsWith("/charts/draw.ts") ? "draw" : page;
};

/** Scripts and styles once more as brotli and gzip, so that the server has nothing to compress. */
const precompressed = (): Plugin => ({
  name: "precompressed",
  apply: "build",
  generateBundle: {
    // What is compressed has to be final: Vite itself still writes into the chunks in this hook.
    order: "post",
    async handler(_options, bundle) {
      const files = Object.values(bundle).filter(({ fileName }) => /\.(js|css)$/.test(fileName));
      for (const file of files) {
        const content = Buffer.from(file.type === "chunk" ? file.code : file.source);
        const [br, gz] = await Promise.all([
          promisify(brotliCompress)(content),
          promisify(gzip)(content, { level: 9 }),
        ]);
        this.emitFile({ type: "asset", fileName: `${file.fileName}.br`, source: br });
        this.emitFile({ type: "asset", fileName: `${file.fileName}.gz`, source: gz });
      }
    },
  },
});

const english = fileURLToPath(new URL("../../node_modules/echarts/lib/i18n/langEN.js", import.meta.url));

/**
 * The page as files that any path can serve: relative addresses, because Home Assistant puts it below one that changes,
 * and nothing inline, because the server's content security policy refuses it.
 */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  // ECharts brings a Chinese locale along, of which no word is ever shown.
  resolve: { alias: [{ find: /^\.\.\/i18n\/langZH\.js$/, replacement: english }] },
  build: {
    outDir: fileURLToPath(new URL("../../dist-page", import.meta.url)),
    // Who has the page open while it is built anew still gets the chunks that it asks for; a package starts empty.
    emptyOutDir: false,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // ECharts is one chunk of its own, which only charts ask for.
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: { chunkFileNames: ({ facadeModuleId }) => `assets/${nameOf(facadeModuleId)}-[hash].js` },
    },
  },
  plugins: [precompressed()],
  // The sources of the page have a folder of the same name.
  server: { host: "127.0.0.1", proxy: { "^/api/(?!.*[.]ts)": api, "/health": api, "/docs": api } },
});
