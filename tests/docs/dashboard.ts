import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const panel = z.looseObject({
  type: z.string(),
  title: z.string().min(3),
  interval: z.string().optional(),
  datasource: z.looseObject({ uid: z.string() }).optional(),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  targets: z
    .array(
      z.looseObject({
        refId: z.string(),
        expr: z.string(),
        instant: z.boolean(),
        datasource: z.looseObject({ uid: z.string() }),
      }),
    )
    .default([]),
});

const dashboard = z.looseObject({
  title: z.string(),
  __inputs: z.array(z.looseObject({ name: z.string(), type: z.literal("datasource"), pluginId: z.string() })),
  templating: z.object({
    list: z.array(z.looseObject({ name: z.string(), query: z.unknown(), current: z.unknown() })),
  }),
  panels: z.array(panel),
});

/** docs/grafana/linky-bridge.json, as Grafana imports it. */
export const loadDashboard = () =>
  dashboard.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "docs", "grafana", "linky-bridge.json"), "utf8")),
  );

export interface Query {
  /** `panel refId`. */
  readonly name: string;
  readonly expr: string;
  /** Between two points, as the panel asks for at least; null: of one instant. */
  readonly step: string | null;
}

/** Every query of the dashboard, its variables filled in as Grafana does for one meter and a short range. */
export const queriesOf = ({ panels }: ReturnType<typeof loadDashboard>, pdl: string): readonly Query[] =>
  panels.flatMap(({ title, interval = "", targets }) =>
    targets.map(({ refId, expr, instant }) => ({
      name: `${title} ${refId}`,
      expr: expr.replaceAll("$pdl", pdl).replaceAll("$puissance_souscrite", "6").replaceAll("$__interval", interval),
      step: instant ? null : interval,
    })),
  );
