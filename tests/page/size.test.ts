import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { builtPage, skipWithoutPage } from "./browser/built.ts";
import { pageNames } from "./browser/page-names.ts";

/** Kilobytes of 1000 bytes, compressed as a server does at least. */
const sizeKb = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length / 1000;

/** What the index names, what that names, and so on: an earlier build may have left files beside this one's. */
function reachable(directory: string): string[] {
  const found = new Set<string>();
  const follow = (path: string): void => {
    for (const [name] of readFileSync(path, "utf8").matchAll(/[\w-]+-[\w-]{8}\.(?:js|css)\b/g)) {
      const next = join(directory, "assets", name);
      if (found.has(name) || !existsSync(next)) continue;
      found.add(name);
      follow(next);
    }
  };
  follow(join(directory, "index.html"));
  return [...found];
}

/** These scripts and those that they cannot run without. */
function neededBy(assets: string, names: readonly string[]): string[] {
  const found = new Set<string>();
  const follow = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const text = readFileSync(join(assets, name), "utf8");
    for (const [, next = ""] of text.matchAll(/(?:from|import)\s*["'`]\.\/([\w-]+\.js)["'`]/g)) follow(next);
  };
  names.forEach(follow);
  return [...found];
}

describe("the built page", { skip: skipWithoutPage() }, () => {
  const directory = builtPage() ?? "";
  const assets = join(directory, "assets");
  const scripts = (): string[] => reachable(directory).filter((name) => name.endsWith(".js"));
  const total = (names: readonly string[]): number => names.reduce((sum, name) => sum + sizeKb(join(assets, name)), 0);

  test("holds less than 300 kB of scripts, all pages together", () => {
    const size = total(scripts());
    assert.ok(size < 300, `${size.toFixed(1)} kB`);
  });

  test("asks for less than 120 kB of scripts before the first chart, whichever page is opened first", () => {
    const index = readFileSync(join(directory, "index.html"), "utf8");
    const entries = [...index.matchAll(/assets\/([\w-]+\.js)"/g)].map(([, name = ""]) => name);
    const names = pageNames.flatMap((page) => scripts().filter((script) => script.startsWith(`${page}-`)));
    assert.equal(names.length, pageNames.length);
    for (const name of names) {
      const size = total(neededBy(assets, [...entries, name]));
      assert.ok(size > 10 && size < 120, `${name}: ${size.toFixed(1)} kB`);
    }
  });

  test("keeps ECharts out of all chunks but the one for drawing", () => {
    const holders = scripts().filter((name) => readFileSync(join(assets, name), "utf8").includes("zrender"));
    assert.deepEqual(
      holders.filter((name) => !name.startsWith("draw-")),
      [],
    );
  });

  test("has nothing inline and no address that starts at the root or elsewhere", () => {
    const index = readFileSync(join(directory, "index.html"), "utf8");
    assert.doesNotMatch(index, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/);
    assert.doesNotMatch(index, /(?:src|href)="(?!\.\/)/);
  });

  test("comes with every script and style compressed", () => {
    const names = reachable(directory);
    assert.ok(names.length > 10);
    for (const name of names)
      assert.ok(existsSync(join(assets, `${name}.br`)) && existsSync(join(assets, `${name}.gz`)), name);
  });
});
