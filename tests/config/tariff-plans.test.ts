import assert from "node:assert/strict";
import { test } from "node:test";
import { type ConfigInput, loadConfig } from "../../src/config/load.ts";

const ok = { MED_CLIENT_ID: "cli_abc", MED_CLIENT_SECRET: "s3cr3t-value" };
const optionsFile = (plans: unknown) => ({
  path: "/data/options.json",
  text: JSON.stringify({ tariff_plans: plans }),
});

function plansOf(input: Partial<ConfigInput>) {
  const result = loadConfig({ env: ok, ...input });
  if ("faults" in result) throw new Error(result.faults.map(({ text }) => text.en).join("\n"));
  return result.config.tariffPlans;
}
const fromEnv = (json: string) => plansOf({ env: { ...ok, TARIFF_PLANS: json } });

const nothing = {
  usagePoint: null,
  from: null,
  plan: null,
  offpeakHours: null,
  peakDays: [],
  peakDaysThrough: null,
  to: null,
  powerKva: null,
  prices: {},
  standing: null,
  buyback: null,
  sale: null,
  holidays: null,
  summerOffpeakHours: null,
  weekendOffpeak: null,
};

test("plans are read alike from the options file and from one variable", () => {
  const written = [
    { usage_point: "01234567890123", from: "2024-02-29", plan: "HC/HP", offpeak_hours: "01:34-07:34;12:56-14:56" },
    { plan: "EJP", peak_days: "2026-01-13, 2026-01-12;2026-01-13", peak_days_through: "2026-03-31" },
  ];
  const read = [
    {
      ...nothing,
      usagePoint: "01234567890123",
      from: "2024-02-29",
      plan: "HC/HP",
      offpeakHours: "01:34-07:34;12:56-14:56",
    },
    { ...nothing, plan: "EJP", peakDays: ["2026-01-12", "2026-01-13"], peakDaysThrough: "2026-03-31" },
  ];
  assert.deepEqual(plansOf({ optionsFile: optionsFile(written) }), read);
  assert.deepEqual(fromEnv(JSON.stringify(written)), read);
  assert.deepEqual(fromEnv(`'${JSON.stringify(written)}'`), read);
});

test("one object stands for a list of one, empty fields are not set, lists stand for texts", () => {
  assert.deepEqual(fromEnv('{"plan": " tempo ", "from": "", "usage_point": null}'), [{ ...nothing, plan: "tempo" }]);
  assert.deepEqual(fromEnv('[{"plan": "EJP", "peak_days": ["2026-01-12"]}]'), [
    { ...nothing, plan: "EJP", peakDays: ["2026-01-12"] },
  ]);
  assert.deepEqual(fromEnv('[{"offpeak_hours": {"monday": "22:30-06:30"}}]'), [
    { ...nothing, offpeakHours: '{"monday":"22:30-06:30"}' },
  ]);
});

test("an empty list is not set: it hides nothing that stands elsewhere", () => {
  assert.deepEqual(plansOf({ optionsFile: optionsFile([]) }), []);
  const result = loadConfig({ env: { ...ok, TARIFF_PLANS: '[{"plan": "BASE"}]' }, optionsFile: optionsFile([]) });
  assert.deepEqual(result.notices, []);
  assert.deepEqual("config" in result ? result.config.tariffPlans : null, [{ ...nothing, plan: "BASE" }]);
});

test("blanks in a usage point are accepted as bills print them", () => {
  const [plan] = fromEnv('[{"usage_point": "12 345 678 901 234", "plan": "BASE"}]');
  assert.equal(plan?.usagePoint, "12345678901234");
});

test("the same date may be said for different meters, and different dates for one", () => {
  const meter = "12345678901234";
  const written = [
    { plan: "BASE" },
    { from: "2025-01-01", plan: "TEMPO" },
    { usage_point: meter, plan: "BASE" },
    { usage_point: meter, from: "2025-01-01", plan: "TEMPO" },
  ];
  assert.equal(plansOf({ optionsFile: optionsFile(written) }).length, 4);
});

const example = '[{"from": "2025-11-01", "plan": "HC_HP", "offpeak_hours": "22:30-06:30"}]';
const all =
  "BASE, BASE_WEEKEND, HC_HP, HC_WEEKEND, HC_NUIT_WEEKEND, TEMPO, EJP, HC_HP_WEEKEND, SEASONAL, ZEN_FLEX";
const keys = "usage_point, from, plan, offpeak_hours, peak_days, peak_days_through";

const wrong: readonly [what: string, plans: unknown, faults: readonly (readonly [fr: string, en: string])[]][] = [
  [
    "text that is no JSON",
    "TEMPO",
    [
      [
        `la valeur n'est pas une liste d'objets en JSON ; écrivez par exemple ${example}.`,
        `the value is not a list of objects in JSON; write for example ${example}.`,
      ],
    ],
  ],
  [
    "a list of texts",
    ["TEMPO"],
    [
      [
        `1er élément : ce n'est pas un objet ; écrivez par exemple ${example}.`,
        `1st entry: this is not an object; write for example ${example}.`,
      ],
    ],
  ],
  [
    "faults in several entries, all told at once",
    [
      { plan: "BASE" },
      { plan: "TEMPOO" },
      { plan: "ZEN" },
      { from: "2026-02-30", plan: "BASE" },
      { offpeak_hours: "tôt le matin" },
      { offpeak_hours: "22:30-06:30 en hiver" },
      { peak_days: "2026-01-12 12/01/2026" },
      { usage_point: "1234", plan: "BASE" },
      { form: "2026-01-01", plan: "BASE" },
      { couleur: "bleu" },
      { from: "2026-01-01" },
    ],
    [
      [
        `2e élément : la formule « TEMPOO » est inconnue, vouliez-vous dire « TEMPO » ? Choisissez parmi ${all}.`,
        `2nd entry: the plan "TEMPOO" is unknown, did you mean "TEMPO"? Choose among ${all}.`,
      ],
      [
        `3e élément : la formule « ZEN » est inconnue ; choisissez parmi ${all}.`,
        `3rd entry: the plan "ZEN" is unknown; choose among ${all}.`,
      ],
      [
        "4e élément : from « 2026-02-30 » n'est pas un jour du calendrier ; écrivez-le année-mois-jour, par exemple 2025-11-01.",
        '4th entry: from "2026-02-30" is not a day of the calendar; write it year-month-day, for example 2025-11-01.',
      ],
      [
        "5e élément : offpeak_hours : « tôt le matin » n'est pas compris ; écrivez des plages comme 22:30-06:30 ou 01:34-07:34;12:56-14:56.",
        '5th entry: offpeak_hours: "tôt le matin" is not understood; write ranges such as 22:30-06:30 or 01:34-07:34;12:56-14:56.',
      ],
      [
        "6e élément : offpeak_hours : « en hiver » n'est pas compris ; écrivez des plages comme 22:30-06:30 ou 01:34-07:34;12:56-14:56.",
        '6th entry: offpeak_hours: "en hiver" is not understood; write ranges such as 22:30-06:30 or 01:34-07:34;12:56-14:56.',
      ],
      [
        "7e élément : peak_days « 12/01/2026 » n'est pas un jour du calendrier ; écrivez-le année-mois-jour, par exemple 2025-11-01.",
        '7th entry: peak_days "12/01/2026" is not a day of the calendar; write it year-month-day, for example 2025-11-01.',
      ],
      [
        "8e élément : usage_point « …1234 » n'est pas un numéro de PDL (ou PRM), qui a 14 chiffres ; recopiez-le de votre facture, entre guillemets.",
        '8th entry: usage_point "…1234" is not a PDL (or PRM) number, which has 14 digits; copy it from your bill, in quotes.',
      ],
      [
        `9e élément : la clé « form » est inconnue, vouliez-vous dire « from » ? Choisissez parmi ${keys}.`,
        `9th entry: the key "form" is unknown, did you mean "from"? Choose among ${keys}.`,
      ],
      [
        `10e élément : la clé « couleur » est inconnue ; choisissez parmi ${keys}.`,
        `10th entry: the key "couleur" is unknown; choose among ${keys}.`,
      ],
      [
        "11e élément : il ne dit ni formule, ni heures creuses, ni jours de pointe ; remplissez-en au moins un, ou supprimez l'élément.",
        "11th entry: it tells neither plan, off-peak hours nor peak days; fill in at least one of them, or remove the entry.",
      ],
    ],
  ],
  [
    "two words for one meter and day",
    [{ from: "2025-11-01", plan: "BASE" }, { plan: "BASE" }, { from: "2025-11-01", plan: "TEMPO" }],
    [
      [
        "3e élément : il vaut pour le même compteur et le même jour que le 1er élément ; réunissez-les, ou changez « from ».",
        '3rd entry: it is about the same meter and the same day as the 1st entry; join them, or change "from".',
      ],
    ],
  ],
];
for (const [what, plans, sentences] of wrong)
  test(`${what}: exactly the sentences expected, in both languages`, () => {
    const result = loadConfig({ env: ok, optionsFile: optionsFile(plans) });
    assert.ok("faults" in result, "the input was accepted");
    assert.deepEqual(
      result.faults.map(({ text }) => [text.fr, text.en]),
      sentences.map(([fr, en]) => [
        `tariff_plans (/data/options.json) : ${fr}`,
        `tariff_plans (/data/options.json): ${en}`,
      ]),
    );
  });
