/** What a cell may hold; null leaves it empty. */
export type CsvCell = string | number | boolean | null;

/** A table as CSV (RFC 4180): a header line, then a line for each row; numbers with a decimal point. */
export const csvText = (header: readonly string[], rows: Iterable<readonly CsvCell[]>): string => {
  let text = lineOf(header);
  for (const row of rows) text += lineOf(row);
  return text;
};

const lineOf = (cells: readonly CsvCell[]): string => `${cells.map(cellOf).join(",")}\r\n`;

/** A name of an offer is somebody else's word: no spreadsheet may take it for a formula. */
function cellOf(value: CsvCell): string {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
