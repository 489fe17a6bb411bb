import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files of the built page, by their names in its folder of assets. */
export interface BuiltFiles {
  readonly assets: string;
  /** Scripts and styles that something names. */
  readonly files: readonly string[];
  /** Of every page. */
  readonly scripts: readonly string[];
  /** What the index itself names: scripts and styles. */
  readonly entries: readonly string[];
  /** The chunk of a page, and all that it cannot run without beside the entries. */
  neededBy(page: string): readonly string[];
}

/** Follows names from the index on, because an earlier build may have left files beside this one's. */
export function builtFiles(directory: string): BuiltFiles {
  const assets = join(directory, "assets");
  const textOf = (name: string): string => readFileSync(join(assets, name), "utf8");
  const index = readFileSync(join(directory, "index.html"), "utf8");
  const entries = namesIn(index).filter((name) => existsSync(join(assets, name)));
  const files = closure(entries, (name) => namesIn(textOf(name)).filter((next) => existsSync(join(assets, next))));
  const scripts = files.filter((name) => name.endsWith(".js"));
  return {
    assets,
    files,
    scripts,
    entries,
    neededBy(page) {
      const chunk = scripts.find((name) => name.startsWith(`${page}-`));
      if (chunk === undefined) throw new Error(`The built page has no chunk of ${page}: npm run build:page`);
      return closure([...entries.filter((name) => name.endsWith(".js")), chunk], (name) => importsIn(textOf(name)));
    },
  };
}

/** Scripts and styles that a text names, with the hash that Vite gives them. */
const namesIn = (text: string): string[] => [...text.matchAll(/[\w-]+-[\w-]{8}\.(?:js|css)\b/g)].map(([name]) => name);

/** Scripts that are imported before anything of this one runs. */
const importsIn = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*["'`]\.\/([\w-]+\.js)["'`]/g)].map(([, name = ""]) => name);

function closure(first: readonly string[], next: (name: string) => readonly string[]): string[] {
  const found = new Set<string>();
  const follow = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const other of next(name)) follow(other);
  };
  first.forEach(follow);
  return [...found];
}
