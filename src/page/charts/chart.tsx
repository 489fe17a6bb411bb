import "./chart.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { decimal } from "../format.ts";
import { Icon } from "../kit/icon.tsx";
import { kitTexts } from "../kit/texts.ts";
import { language, t } from "../language.ts";
import { scheme } from "../theme/theme.ts";
import { ChartKey } from "./chart-key.tsx";
import { Details } from "./details.tsx";
import type { Drawing } from "./draw.ts";
import { HiddenTable } from "./hidden-table.tsx";
import { type ChartModel, placesOf } from "./model.ts";
import { optionOf } from "./option.ts";
import { readPalette } from "./palette.ts";
import { usePointer } from "./pointer.ts";
import { saveImage } from "./save-image.ts";

export interface ChartProps {
  readonly model: ChartModel;
  /** Names the chart: `Consommation, novembre 2026`. Also the name of its image. */
  readonly title: string;
  /** Pixels, the same from the first paint on. */
  readonly height?: number;
  /** Whether a table of the same figures is on the page anyway; else the chart brings one for those who listen. */
  readonly hasTable?: boolean;
  /** Told of the place that is clicked twice or chosen with Enter: to go to that day. */
  readonly onOpen?: (key: string) => void;
  /** What that is, for the button in held details: « Voir ce jour ». */
  readonly openLabel?: string;
}

/** Bars of energy or lines of power. The frame is there at once; the drawing comes when ECharts has arrived. */
export function Chart({ model, title, height = 260, hasTable = false, onOpen, openLabel }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawing = useDrawing(box, model);
  const places = placesOf(model);
  const pointer = usePointer(places.length, (position) => {
    const place = places[position];
    if (place) onOpen?.(place.key);
  });
  const place = pointer.position === null ? undefined : places[pointer.position];
  return (
    <figure class="chart">
      <div class="chart-box" style={{ height: `${height}px` }}>
        <div
          class="chart-pointed"
          role="img"
          aria-label={[`${title}.`, t(kitTexts.chartKeys), ...(onOpen ? [t(kitTexts.chartEnter)] : [])].join(" ")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move through the values
          tabIndex={0}
          {...pointer.handlers}
        >
          <div ref={box} class="chart-drawing" />
        </div>
        {place && pointer.position !== null && (
          <Details
            model={model}
            position={pointer.position}
            isLocked={pointer.isLocked}
            count={places.length}
            {...(onOpen && openLabel !== undefined
              ? { open: { label: openLabel, onClick: () => onOpen(place.key) } }
              : {})}
          />
        )}
      </div>
      <figcaption class="row between">
        <ChartKey model={model} />
        <button
          type="button"
          class="link-button small chart-save"
          onClick={() => void (drawing && saveImage(drawing, title))}
        >
          <Icon name="image" size={16} />
          {t(kitTexts.saveImage)}
        </button>
      </figcaption>
      {!hasTable && <HiddenTable model={model} title={title} />}
    </figure>
  );
}

/** ECharts is only fetched once there is a chart to draw. */
function useDrawing(box: { readonly current: HTMLDivElement | null }, model: ChartModel): Drawing | null {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => {
    let made: Drawing | null = null;
    let isGone = false;
    const observer = new ResizeObserver(() => made?.resize());
    void import("./draw.ts").then(({ createDrawing }) => {
      if (isGone || !box.current) return;
      made = createDrawing(box.current);
      observer.observe(box.current);
      setDrawing(made);
    });
    return () => {
      isGone = true;
      observer.disconnect();
      made?.dispose();
    };
  }, []);
  const shown = scheme.value;
  const spoken = language.value;
  useEffect(() => {
    drawing?.show(optionOf(model, readPalette(), (value) => axisNumber(value, spoken)));
  }, [drawing, model, shown, spoken]);
  return drawing;
}

const axisNumber = (value: number, spoken: "fr" | "en"): string => {
  const decimals = Number.isInteger(value)
    ? 0
    : Math.min(3, String(Number(value.toFixed(3))).split(".")[1]?.length ?? 0);
  return decimal(value, decimals, spoken).replace("-", "−");
};
