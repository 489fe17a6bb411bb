import { unknownSign } from "../format.ts";
import { kitTexts } from "../kit/texts.ts";
import { t } from "../language.ts";
import { type Bar, type ChartModel, type Fact, placesOf, totalOf } from "./model.ts";
import { margins } from "./option.ts";

export interface DetailsProps {
  readonly model: ChartModel;
  readonly position: number;
  readonly count: number;
  readonly isLocked: boolean;
  /** Leads to the place itself, once the details are held. */
  readonly open?: { readonly label: string; readonly onClick: () => void };
}

/** Everything that is known of one place of the chart, on the side where it hides nothing of it. */
export function Details({ model, position, count, isLocked, open }: DetailsProps) {
  const place = placesOf(model)[position];
  if (!place) return null;
  const share = (position + 0.5) / count;
  const plot = `(100% - ${margins.left + margins.right}px)`;
  return (
    <>
      <span
        class="chart-band"
        style={{
          left: `calc(${margins.left}px + ${plot} * ${position / count})`,
          width: `max(2px, calc(${plot} / ${count}))`,
        }}
      />
      <div
        class={`chart-details small ${share < 0.5 ? "right" : "left"} ${isLocked ? "locked" : ""}`}
        aria-live="polite"
      >
        <p class="strong">{place.title}</p>
        <dl>
          {factsOf(model, position).map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {isLocked && open && (
          <button
            type="button"
            class="link-button chart-open"
            // The keys have Enter for it; the chart keeps the focus, without which it lets its details go.
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={open.onClick}
          >
            {open.label}
          </button>
        )}
      </div>
    </>
  );
}

/** The values of a place, then what else is told of it. */
export function factsOf(model: ChartModel, position: number): readonly Fact[] {
  const more = placesOf(model)[position]?.facts ?? [];
  if (model.kind === "lines")
    return [
      ...model.lines.map(({ label, values }) => ({ label, value: model.format(values[position] ?? null) })),
      ...more,
    ];
  const bar = model.bars[position];
  return bar ? [...factsOfBar(bar, model.format), ...more] : more;
}

function factsOfBar(bar: Bar, format: ChartModel["format"]): Fact[] {
  const { parts, before } = bar;
  const total = bar.total ?? sumOf(bar);
  const shown = (parts ?? []).filter(({ value }) => value !== 0);
  const values = shown.map(({ label, value }) => ({ label, value: format(value) }));
  return [
    ...values,
    ...(total === null
      ? []
      : [{ label: total.label, value: total.value === null ? unknownSign : format(total.value) }]),
    ...(before === undefined ? [] : [{ label: t(kitTexts.yearBefore), value: format(before) }]),
  ];
}

/** A single part is its own sum. */
function sumOf(bar: Bar): NonNullable<Bar["total"]> | null {
  const isSingle = bar.parts?.filter(({ value }) => value !== 0).length === 1;
  return isSingle ? null : { label: "Total", value: totalOf(bar) };
}
