import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { anchorOf } from "../support/markdown-anchor.ts";

const root = join(import.meta.dirname, "..", "..");
const documents = ["*.md", "docs/**/*.md", "src/**/*.md"].flatMap((pattern) =>
  globSync(pattern, { cwd: root }).map((path) => join(root, path)),
);

/** Prose and tables, without what stands in blocks of code. */
const textOf = (path: string): string => readFileSync(path, "utf8").replaceAll(/^```[\s\S]*?^```$/gm, "");
const anchorsOf = (path: string): readonly string[] =>
  textOf(path)
    .split("\n")
    .filter((line) => /^#+ /.test(line))
    .map(anchorOf);

test("the documents that people begin with are looked at", () => {
  const names = documents.map((path) => relative(root, path));
  for (const name of ["README.md", "DOCS.md", "CONTRIBUTING.md", "docs/exports.md", "docs/grafana/README.md"])
    assert.ok(names.includes(name), name);
});

for (const path of documents)
  test(`${relative(root, path)} links only what exists, down to the heading`, () => {
    const targets = [...textOf(path).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(
      ([, link, image]) => link ?? image,
    );
    for (const target of targets) {
      if (target === undefined || /^https?:/.test(target)) continue;
      const [file = "", heading] = target.split("#");
      const found = file === "" ? path : join(dirname(path), file);
      assert.ok(existsSync(found), target);
      if (heading !== undefined && statSync(found).isFile()) assert.ok(anchorsOf(found).includes(heading), target);
    }
  });
