import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { z } from "zod";
import { skipWithoutVictoriaMetrics, startVictoriaMetrics } from "../support/victoria-metrics.ts";
import { loadDashboard, type Query, queriesOf } from "./dashboard.ts";

const pdl = "01234567890123";
/** As Grafana reads one. */
const variable = (name: string): string => `\${${name}}`;
/** Ten in the morning in Paris; the clock went forward on 30 March. */
const now = "2025-04-02T08:00:00Z";

type Written = readonly [labels: Readonly<Record<string, string>>, samples: Readonly<Record<string, number>>];
const of = (name: string, labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  __name__: `myelectricaldata_${name}`,
  ...labels,
});

/** A day at its midnight in Paris: 23:00 UTC in winter, 22:00 UTC in summer. */
const days = {
  "2 October": "2024-10-01T22:00:00Z",
  "2 March": "2025-03-01T23:00:00Z",
  "30 March": "2025-03-29T23:00:00Z",
  "31 March": "2025-03-30T22:00:00Z",
  "1 April": "2025-03-31T22:00:00Z",
  "2 April": "2025-04-01T22:00:00Z",
  "3 April": "2025-04-02T22:00:00Z",
} as const;

const written: readonly Written[] = [
  [
    of("consumption_wh", { pdl, type: "daily" }),
    {
      [days["2 October"]]: 5_000,
      [days["2 March"]]: 1_000,
      [days["30 March"]]: 9_000,
      [days["31 March"]]: 10_000,
      [days["1 April"]]: 12_345,
    },
  ],
  [of("consumption_wh", { pdl, type: "monthly" }), { [days["31 March"]]: 250_000, [days["1 April"]]: 12_345 }],
  [of("consumption_wh", { pdl, type: "30min" }), { "2025-04-01T21:00:00Z": 200, "2025-04-01T21:30:00Z": 300 }],
  [of("production_wh", { pdl, type: "daily" }), { [days["31 March"]]: 4_000, [days["1 April"]]: 4_500 }],
  [of("production_wh", { pdl, type: "30min" }), { "2025-04-01T21:00:00Z": 50, "2025-04-01T21:30:00Z": 60 }],
  [
    of("cost_eur", { pdl, type: "daily" }),
    {
      [days["2 October"]]: 1,
      [days["2 March"]]: 0.25,
      [days["30 March"]]: 2,
      [days["31 March"]]: 2.5,
      [days["1 April"]]: 3.25,
    },
  ],
  // 23:30 on the 31st and 00:30 on the 1st, in Paris.
  [of("max_power_va", { pdl }), { "2025-03-31T21:30:00Z": 5_980, "2025-03-31T22:30:00Z": 4_200 }],
  [of("tempo_color", { color: "blue" }), { [days["1 April"]]: 1, [days["2 April"]]: 0, [days["3 April"]]: 0 }],
  [of("tempo_color", { color: "white" }), { [days["1 April"]]: 0, [days["2 April"]]: 1, [days["3 April"]]: 0 }],
  [of("tempo_color", { color: "red" }), { [days["1 April"]]: 0, [days["2 April"]]: 0, [days["3 April"]]: 1 }],
  [of("tempo_remaining", { color: "blue" }), { [days["2 April"]]: 100 }],
  [of("tempo_remaining", { color: "white" }), { [days["2 April"]]: 3 }],
  [of("tempo_remaining", { color: "red" }), { [days["2 April"]]: 0 }],
  [
    of("ecowatt_level", { region: "france" }),
    { "2025-04-02T06:00:00Z": 1, "2025-04-02T07:00:00Z": 2, "2025-04-02T08:00:00Z": 3, "2025-04-02T09:00:00Z": 1 },
  ],
  // The same value scraped from /metrics, which must not be counted again.
  [of("consumption_wh", { pdl, type: "daily", job: "linky", instance: "bridge:8181" }), { [now]: 12_345 }],
  // Another meter, which is not looked at.
  [of("consumption_wh", { pdl: "99999999999999", type: "daily" }), { [days["1 April"]]: 77_777 }],
];

const ms = (text: string): number => Date.parse(text);

/** Of an instant: value by series. Of a range: the last values by series, as `time value`. */
const expected: Readonly<Record<string, Readonly<Record<string, number | readonly string[]>>>> = {
  "Dernier jour reçu A": { [pdl]: ms(days["1 April"]) },
  "Dernière demi-heure reçue A": { [pdl]: ms("2025-04-01T21:30:00Z") },
  "Jours reçus sur les 30 derniers A": { [pdl]: 3 },
  // From midnight of the 1st, 22:00 UTC of the day before, to 08:00 UTC of the 2nd: 34 hours, less 24.
  "Retard A": { [pdl]: 36_000 },
  "Dernier jour connu A": { [pdl]: 12_345 },
  "Mois en cours A": { [pdl]: 12_345 },
  "31 derniers jours A": { [pdl]: 31_345 }, // 9,000 + 10,000 + 12,345: the 2nd of March was 31 days and 9 hours ago
  "365 derniers jours A": { [pdl]: 37_345 }, // and 5,000 + 1,000
  // The point of a day is at 00:00 UTC of that day, which is the same day in Paris.
  "Énergie par jour A": { [pdl]: ["03-30T00:00 9000", "03-31T00:00 10000", "04-01T00:00 12345"] },
  "Énergie par jour B": { [pdl]: ["03-31T00:00 4000", "04-01T00:00 4500"] },
  "Énergie par mois A": { "": ["03-30T00:00 9000", "03-31T00:00 10000", "04-01T00:00 12345"] },
  "Énergie par année A": { "": ["03-30T00:00 9000", "03-31T00:00 10000", "04-01T00:00 12345"] },
  // 200 Wh in half an hour are 400 W.
  "Demi-heures A": { [pdl]: ["04-01T21:00 400", "04-01T21:30 600"] },
  "Demi-heures B": { [pdl]: ["04-01T21:00 100", "04-01T21:30 120"] },
  "Coût du dernier jour connu A": { [pdl]: 3.25 },
  "Coût des 31 derniers jours A": { [pdl]: 7.75 }, // 2 + 2.5 + 3.25
  "Coût des 365 derniers jours A": { [pdl]: 9 },
  "Prix moyen du kWh sur 31 jours A": { [pdl]: (1000 * 7.75) / 31_345 },
  "Coût par jour A": { [pdl]: ["03-30T00:00 2", "03-31T00:00 2.5", "04-01T00:00 3.25"] },
  "Couleur du jour A": { white: 1 },
  "Jours restants de la saison A": { blue: 100, white: 3, red: 0 },
  "Couleurs A": {
    blue: ["04-01T00:00 1", "04-02T00:00 0"],
    white: ["04-01T00:00 0", "04-02T00:00 1"],
    red: ["04-01T00:00 0", "04-02T00:00 0"],
  },
  "Niveau de l'heure A": { france: 3 },
  "Niveaux heure par heure A": { france: ["04-02T06:00 1", "04-02T07:00 2", "04-02T08:00 3"] },
  "Puissance maximale sur 31 jours A": { [pdl]: 5_980 },
  "Puissance maximale et puissance souscrite A": { [pdl]: ["03-31T22:00 5980", "03-31T23:00 4200"] },
};

const answer = z.object({
  status: z.literal("success"),
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]).optional(),
        values: z.array(z.tuple([z.number(), z.string()])).optional(),
      }),
    ),
  }),
});

async function ask(url: string, { expr, step }: Query): Promise<Record<string, number | readonly string[]>> {
  const path = step === null ? "query" : "query_range";
  // Whole days, as Grafana asks where the step is one.
  const span = { start: "2025-03-20T00:00:00Z", end: step === "1d" ? "2025-04-02T00:00:00Z" : now };
  const times = step === null ? { time: now } : { ...span, step };
  const asked = new URLSearchParams({ query: expr, nocache: "1", ...times });
  const response = await fetch(`${url}/api/v1/${path}?${asked}`);
  const text = await response.text();
  assert.equal(response.status, 200, `${expr}: ${text}`);
  const answered: Record<string, number | readonly string[]> = {};
  for (const { metric, value, values = [] } of answer.parse(JSON.parse(text)).data.result) {
    const series = metric.pdl ?? metric.color ?? metric.region ?? "";
    assert.equal(answered[series], undefined, `${expr}: ${series} is there twice`);
    answered[series] = value ? Number(value[1]) : values.map(([at, number]) => `${spelled(at)} ${Number(number)}`);
  }
  return answered;
}

const spelled = (at: number): string => new Date(at * 1000).toISOString().slice(5, 16);

suite("the Grafana dashboard", () => {
  const dashboard = loadDashboard();
  const queries = queriesOf(dashboard, pdl);

  test("is imported with its data source as an input, which every panel uses", () => {
    assert.deepEqual(
      dashboard.__inputs.map(({ name, pluginId }) => [name, pluginId]),
      [["DS_VICTORIAMETRICS", "prometheus"]],
    );
    const [source] = dashboard.templating.list.filter(({ name }) => name === "datasource");
    assert.deepEqual(source?.current, { text: variable("DS_VICTORIAMETRICS"), value: variable("DS_VICTORIAMETRICS") });
    for (const { title, targets, datasource } of dashboard.panels)
      for (const uid of [datasource, ...targets.map((target) => target.datasource)].map((one) => one?.uid))
        assert.ok(uid === variable("datasource") || (targets.length === 0 && uid === undefined), title);
  });

  test("uses only variables that it declares", () => {
    const declared = dashboard.templating.list.map(({ name }) => name);
    for (const [, name] of JSON.stringify(dashboard).matchAll(/\$\{?(\w+)\}?/g))
      assert.ok([...declared, "DS_VICTORIAMETRICS", "__interval", "__all"].includes(name ?? ""), name);
  });

  test("no panel lies over another", () => {
    const taken = new Set<string>();
    for (const { title, gridPos } of dashboard.panels) {
      assert.ok(gridPos.x + gridPos.w <= 24, title);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          assert.ok(!taken.has(`${x} ${y}`), title);
          taken.add(`${x} ${y}`);
        }
    }
  });

  test("every query has a right answer from VictoriaMetrics", { skip: skipWithoutVictoriaMetrics() }, async (t) => {
    const server = await startVictoriaMetrics();
    t.after(() => server.stop());
    await server.write(
      ...written.map(([metric, samples]) => ({
        metric,
        timestamps: Object.keys(samples).map(ms),
        values: Object.values(samples),
      })),
    );
    const { url } = server;
    const constant = "Puissance maximale et puissance souscrite B";
    assert.deepEqual(queries.map(({ name }) => name).sort(), [...Object.keys(expected), constant].sort());
    for (const query of queries)
      if (query.name !== constant) assert.deepEqual(await ask(url, query), expected[query.name], query.name);
      else {
        const { "": line = [] } = await ask(url, query);
        assert.ok(Array.isArray(line) && line.length > 100 && line.every((point) => point.endsWith(" 6000")));
      }
  });
});
