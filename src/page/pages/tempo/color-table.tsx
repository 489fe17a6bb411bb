import type { ComponentChildren } from "preact";
import type { TempoColor } from "../../../domain/tempo.ts";
import { capitalised } from "../../format.ts";
import { DataTable } from "../../kit/data-table.tsx";
import { TempoChip, tempoName } from "../../kit/tempo-chip.tsx";
import { t } from "../../language.ts";
import { texts } from "./texts.ts";

/** One figure of each colour. */
export interface ColorRow {
  readonly key: string;
  readonly name: string;
  readonly unit?: string;
  readonly cell: (color: TempoColor) => ComponentChildren;
}

interface ColorTableProps {
  readonly caption: string;
  readonly rows: readonly ColorRow[];
}

const colors = ["BLEU", "BLANC", "ROUGE"] as const;

/** A column for each colour: three of them fit a phone, which their many figures side by side would not. */
export const ColorTable = ({ caption, rows }: ColorTableProps) => (
  <div class="color-table">
    <DataTable<ColorRow>
      caption={caption}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        {
          key: "name",
          head: <span class="hidden-text">{t(texts.figure)}</span>,
          cell: ({ name, unit }) => (
            <>
              {name}
              {unit !== undefined && <span class="muted"> ({unit})</span>}
            </>
          ),
        },
        ...colors.map((color) => ({
          key: color,
          head: (
            <span class="color-head">
              <TempoChip color={color} />
              {capitalised(t(tempoName(color)))}
            </span>
          ),
          isNumber: true,
          cell: (row: ColorRow) => row.cell(color),
        })),
      ]}
    />
  </div>
);
