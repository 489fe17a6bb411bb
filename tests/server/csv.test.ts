import assert from "node:assert/strict";
import { test } from "node:test";
import { type CsvColumn, sendCsv } from "../../src/server/csv.ts";

interface Day {
  readonly date: string;
  readonly valueWh: number | null;
}
const columns: readonly CsvColumn<Day>[] = [
  ["date", ({ date }) => date],
  ["energy_wh", ({ valueWh }) => valueWh],
];

test("a table goes out as a file with a telling name", () => {
  const headers: Record<string, string> = {};
  let sent = "";
  const reply = {
    headers: (values: Readonly<Record<string, string>>) => Object.assign(headers, values),
    send: (text: string) => {
      sent = text;
    },
  };
  const rows = [
    { date: "2026-11-01", valueWh: 14_820 },
    { date: "2026-11-02", valueWh: null },
  ];
  assert.equal(sendCsv(reply, 'daily_"1234".csv', columns, rows), reply);
  assert.equal(sent, "date,energy_wh\r\n2026-11-01,14820\r\n2026-11-02,\r\n");
  assert.deepEqual(headers, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="daily__1234_.csv"',
  });
});
