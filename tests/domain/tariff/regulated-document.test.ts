import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { regulatedDocument } from "../../support/regulated-document.ts";

const path = join(import.meta.dirname, "..", "..", "..", "docs", "regulated-prices.md");

test("docs/regulated-prices.md is what the table generates; npm run docs writes it", () => {
  assert.equal(readFileSync(path, "utf8"), regulatedDocument());
});

test("it shows a sheet's price and charge in both languages", () => {
  const text = regulatedDocument();
  assert.ok(
    text.includes("| 2024-02-01 | 6, 9, 12, 15, 18, 30, 36 | 0,1296 | 0,1609 | 0,1486 | 0,1894 | 0,1568 | 0,7562 |"),
  );
  assert.ok(text.includes("| 2026-02-01 | 9, 12, 15, 18, 24, 30, 36 | 0.1927 |"));
  assert.ok(text.includes("| 2026-02-01 | 12.03 | 15.65 | 19.56 |"));
  assert.ok(text.includes("| 2026-02-01 | toutes | 0,1781 | 0,3440 |"));
});
