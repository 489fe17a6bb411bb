import { type CsvCell, csvText } from "../shared/csv.ts";

/** A column: its name, which ends in the unit (`energy_wh`), and what stands in it. */
export type CsvColumn<Row> = readonly [name: string, cell: (row: Row) => CsvCell];

/** The part of a reply that a file needs, whatever else its route may answer. */
interface FileReply {
  headers(values: Readonly<Record<string, string>>): unknown;
  send(text: string): unknown;
}

/** Answers with a table as a file of that name, `.csv` included. */
export const sendCsv = <Row, Reply extends FileReply>(
  reply: Reply,
  name: string,
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
): Reply =>
  sendCsvText(
    reply,
    name,
    csvText(
      columns.map(([header]) => header),
      cellsOf(columns, rows),
    ),
  );

/** Answers with what is CSV already. */
export function sendCsvText<Reply extends FileReply>(reply: Reply, name: string, text: string): Reply {
  reply.headers({
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="${name.replaceAll(/[^\w.-]/g, "_")}"`,
  });
  reply.send(text);
  return reply;
}

function* cellsOf<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): Generator<CsvCell[]> {
  for (const row of rows) yield columns.map(([, cell]) => cell(row));
}
