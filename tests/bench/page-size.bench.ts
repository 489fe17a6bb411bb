import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { builtPage } from "../page/browser/built.ts";
import { pageNames } from "../page/browser/page-names.ts";
import { builtFiles } from "../support/built-files.ts";
import { type BenchResult, rounded } from "./result.ts";

/** What a browser downloads of the built page's scripts, where the server gives them as gzip; in kB of 1000 bytes. */
export async function run(): Promise<BenchResult[]> {
  const directory = builtPage();
  if (directory === null) throw new Error("The page is not built: npm run build:page");
  const { assets, scripts, neededBy } = builtFiles(directory);
  const sizeOf = (name: string): number => gzipSync(readFileSync(join(assets, name)), { level: 9 }).length / 1000;
  const total = (names: readonly string[]): number => rounded(names.reduce((sum, name) => sum + sizeOf(name), 0));
  const first = new Map(pageNames.map((page) => [page, total(neededBy(page))]));
  const [heaviest = "", most = Number.NaN] = [...first].sort(([, one], [, other]) => other - one)[0] ?? [];
  return [
    { name: "page: scripts of all pages, compressed", value: total(scripts), unit: "kB", limit: 300 },
    {
      name: "page: scripts of home before the first chart",
      value: first.get("accueil") ?? Number.NaN,
      unit: "kB",
      limit: 120,
    },
    {
      name: `page: scripts before the first chart, most of all pages (${heaviest})`,
      value: most,
      unit: "kB",
      limit: 120,
    },
  ];
}
