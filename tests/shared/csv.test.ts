import assert from "node:assert/strict";
import { test } from "node:test";
import { csvText } from "../../src/shared/csv.ts";

test("a table is a header and a line for each row, with decimal points and empty cells", () => {
  const rows = [
    ["2026-11-01", 9600, 1.51584, true],
    ["2026-11-02", null, 0, false],
  ];
  assert.equal(
    csvText(["date", "energy_wh", "eur", "is_corrected"], rows),
    "date,energy_wh,eur,is_corrected\r\n2026-11-01,9600,1.51584,true\r\n2026-11-02,,0,false\r\n",
  );
  assert.equal(csvText(["date"], []), "date\r\n");
});

test("what would end a cell or a line is quoted", () => {
  assert.equal(
    csvText(["name"], [['L\'offre "verte", 6 kVA'], ["two\nlines"]]),
    'name\r\n"L\'offre ""verte"", 6 kVA"\r\n"two\nlines"\r\n',
  );
});

test("no spreadsheet takes a text for a formula, and a number stays one", () => {
  const rows = [["=1+1"], ["+33"], ["-2 °C"], ["@sum"], ["\tx"], [-5]];
  assert.equal(csvText(["name"], rows), "name\r\n'=1+1\r\n'+33\r\n'-2 °C\r\n'@sum\r\n'\tx\r\n-5\r\n");
});
