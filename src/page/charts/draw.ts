import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, CanvasRenderer]);

export interface Drawing {
  show(option: EChartsCoreOption): void;
  resize(): void;
  /** The drawing as PNG, twice as fine as on a plain screen. */
  toImage(background: string): Promise<Blob | null>;
  dispose(): void;
}

/** A drawing in a box that has its size already. The only place that knows ECharts. */
export function createDrawing(box: HTMLElement): Drawing {
  const chart = init(box, null, { renderer: "canvas" });
  return {
    show: (option) => chart.setOption(option, { notMerge: true }),
    resize: () => chart.resize(),
    toImage: (background) => {
      const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: background });
      return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    },
    dispose: () => chart.dispose(),
  };
}
