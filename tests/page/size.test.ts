import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { builtFiles } from "../support/built-files.ts";
import { builtPage, skipWithoutPage } from "./browser/built.ts";
import { pageNames } from "./browser/page-names.ts";

/** Kilobytes of 1000 bytes, compressed as a server does at least. */
const sizeKb = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length / 1000;

describe("the built page", { skip: skipWithoutPage() }, () => {
  const directory = builtPage() ?? "";
  const assets = join(directory, "assets");
  const built = () => builtFiles(directory);
  const total = (names: readonly string[]): number => names.reduce((sum, name) => sum + sizeKb(join(assets, name)), 0);

  test("holds less than 300 kB of scripts, all pages together", () => {
    const size = total(built().scripts);
    assert.ok(size < 300, `${size.toFixed(1)} kB`);
  });

  test("asks for less than 120 kB of scripts before the first chart, whichever page is opened first", () => {
    for (const page of pageNames) {
      const size = total(built().neededBy(page));
      assert.ok(size > 10 && size < 120, `${page}: ${size.toFixed(1)} kB`);
    }
  });

  test("keeps ECharts out of all chunks but the one for drawing", () => {
    const holders = built().scripts.filter((name) => readFileSync(join(assets, name), "utf8").includes("zrender"));
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
    const names = built().files;
    assert.ok(names.length > 10);
    for (const name of names)
      assert.ok(existsSync(join(assets, `${name}.br`)) && existsSync(join(assets, `${name}.gz`)), name);
  });
});
