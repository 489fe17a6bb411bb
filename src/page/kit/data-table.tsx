import "./data-table.css";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { counted } from "../format.ts";
import { language, t } from "../language.ts";
import { Icon } from "./icon.tsx";
import { kitTexts } from "./texts.ts";

export interface Column<Row> {
  readonly key: string;
  readonly head: ComponentChildren;
  /** In the head, because each cell bears figures alone: `kWh`. */
  readonly unit?: string;
  readonly isNumber?: boolean;
  readonly cell: (row: Row) => ComponentChildren;
}

export interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly [Column<Row>, ...Column<Row>[]];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The last line, as a row of its own: the sum. */
  readonly total?: Row;
  /** The same figures as a file, from the API: `api/series/…?format=csv`. */
  readonly csvHref?: string;
}

/** So many lines at first; the rest comes when it is asked for. */
const firstRows = 31;

/** The same figures as the chart above it. The first column names each line. */
export function DataTable<Row>({ caption, columns, rows, rowKey, total, csvHref }: DataTableProps<Row>) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, firstRows);
  const left = rows.length - shown.length;
  return (
    <div class="data-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to scroll by the keys too */}
      <section class="data-table-scroll" aria-label={`${t(kitTexts.table)}, ${caption}`} tabIndex={0}>
        <table>
          <caption class="hidden-text">{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ key, head, unit, isNumber }) => (
                <th key={key} scope="col" class={isNumber ? "number" : ""}>
                  {head}
                  {unit !== undefined && <span class="muted"> ({unit})</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Line key={rowKey(row)} row={row} columns={columns} />
            ))}
          </tbody>
          {total !== undefined && (
            <tfoot>
              <Line row={total} columns={columns} />
            </tfoot>
          )}
        </table>
      </section>
      <div class="row">
        {left > 0 && (
          <button type="button" class="button" onClick={() => setWhole(true)}>
            {moreRows(left, language.value)}
          </button>
        )}
        {csvHref !== undefined && (
          <a class="button" href={csvHref} download>
            <Icon name="download" />
            {t(kitTexts.saveCsv)}
          </a>
        )}
      </div>
    </div>
  );
}

const moreRows = (left: number, spoken: "fr" | "en"): string =>
  spoken === "fr"
    ? `Voir ${counted(left, ["ligne de plus", "lignes de plus"], "fr")}`
    : `Show ${counted(left, ["more line", "more lines"], "en")}`;

function Line<Row>({ row, columns }: { readonly row: Row; readonly columns: DataTableProps<Row>["columns"] }) {
  const [name, ...rest] = columns;
  return (
    <tr>
      <th scope="row">{name.cell(row)}</th>
      {rest.map(({ key, isNumber, cell }) => (
        <td key={key} class={isNumber ? "number" : ""}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}
