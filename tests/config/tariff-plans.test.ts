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

test("all that a bill says is read, in the order of the periods and exact to the micro-euro", () => {
  const [plan] = fromEnv(
    JSON.stringify([
      {
        from: "2026-02-01",
        to: "2026-07-31",
        plan: "HC_HP",
        power_kva: "9 kVA",
        prices: "hp=0.2065 hc=0.157901",
        standing: "19.56",
        buyback: "0.04",
        sale: "surplus",
        holidays: "alsace_moselle",
      },
    ]),
  );
  assert.deepEqual(plan, {
    ...nothing,
    from: "2026-02-01",
    to: "2026-07-31",
    plan: "HC_HP",
    powerKva: 9,
    prices: { hc: 157_901, hp: 206_500 },
    standing: 19_560_000,
    buyback: 40_000,
    sale: "surplus",
    holidays: "alsace_moselle",
  });
  assert.deepEqual(Object.keys(plan?.prices ?? {}), ["hc", "hp"]);
});

test("prices are read however they are separated, with a decimal point or comma, and as an object", () => {
  const both = { hc: 157_900, hp: 206_500 };
  const written: readonly unknown[] = [
    "hp=0.2065 hc=0.1579",
    "HP = 0,2065 ; hc: 0,1579",
    "hp=0.2065,hc=0.1579",
    "hp=0,2065,hc=0,1579",
    "hp=0,2065, hc=0,1579,",
    "hp=.2065\nhc=+0.157900",
    { hp: 0.2065, hc: "0,1579" },
    '{"hp": 0.2065, "hc": 0.1579}',
  ];
  for (const prices of written)
    assert.deepEqual(fromEnv(JSON.stringify([{ prices }]))[0]?.prices, both, JSON.stringify(prices));
  assert.deepEqual(fromEnv('[{"plan": "BASE", "prices": "base=0.3"}]')[0]?.prices, { base: 300_000 });
  assert.deepEqual(
    fromEnv('[{"prices": "base=0.02"}, {"from": "2026-01-01", "prices": "base=1.5"}]').map((plan) => plan.prices),
    [{ base: 20_000 }, { base: 1_500_000 }],
  );
});

test("amounts are exact where a floating number is not", () => {
  // 1.005 is 1.00499999999999989… in a float, and 0.07 times a million 70000.00000000001.
  const [plan] = fromEnv('[{"standing": "1.005", "buyback": "0.07", "power_kva": 6}]');
  assert.deepEqual(plan, { ...nothing, standing: 1_005_000, buyback: 70_000, powerKva: 6 });
  assert.equal(fromEnv('[{"buyback": 0}]')[0]?.buyback, 0);
});

test("an untouched switch of the app's form says nothing, and a touched one is of SEASONAL", () => {
  assert.deepEqual(plansOf({ optionsFile: optionsFile([{ plan: "BASE", weekend_offpeak: false }]) }), [
    { ...nothing, plan: "BASE", weekendOffpeak: false },
  ]);
  const seasonal = {
    plan: "SEASONAL",
    offpeak_hours: "0H-7H;13H-16H",
    summer_offpeak_hours: "11H-17H",
    weekend_offpeak: true,
  };
  assert.deepEqual(plansOf({ optionsFile: optionsFile([seasonal]) }), [
    {
      ...nothing,
      plan: "SEASONAL",
      offpeakHours: "0H-7H;13H-16H",
      summerOffpeakHours: "11H-17H",
      weekendOffpeak: true,
    },
  ]);
});

test("prices for one plan after another, ends that meet beginnings and weekends all off-peak are no faults", () => {
  const written = [
    { to: "2025-01-31", prices: "base=0.2516" },
    { from: "2025-02-01", to: "2025-07-31", plan: "TEMPO", prices: tempo },
    { from: "2025-08-01", to: "2025-08-01", plan: "BASE" },
    {
      from: "2025-10-01",
      plan: "HC_HP",
      offpeak_hours: '{"saturday":"0H-24H","sunday":"0H-24H","monday":"22:00-06:00"}',
    },
    { from: "2026-02-01", plan: "HC_HP", prices: "hc=0.1579" },
    { usage_point: "12345678901234", from: "2025-03-01", to: "2026-12-31", plan: "BASE" },
  ];
  assert.equal(plansOf({ optionsFile: optionsFile(written) }).length, 6);
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

const example =
  '[{"from": "2026-02-01", "plan": "HC_HP", "offpeak_hours": "22:30-06:30", "prices": "hp=0.2065 hc=0.1579"}]';
const all = "BASE, BASE_WEEKEND, HC_HP, HC_WEEKEND, HC_NUIT_WEEKEND, TEMPO, EJP, HC_HP_WEEKEND, SEASONAL, ZEN_FLEX";
const keys =
  "usage_point, from, to, plan, offpeak_hours, summer_offpeak_hours, weekend_offpeak, holidays, peak_days, peak_days_through, power_kva, prices, standing, buyback, sale";
const periods =
  "base, hc, hp, blue_hc, blue_hp, white_hc, white_hp, red_hc, red_hp, ejp_normal, ejp_peak, base_weekend, hc_weekend, hp_weekend, winter_hc, winter_hp, summer_hc, summer_hp, peak_day, flex_hc, flex_hp, sobriety_hc, sobriety_hp";
const tempo = "blue_hc=0.1325 blue_hp=0.1612 white_hc=0.1499 white_hp=0.1871 red_hc=0.1575 red_hp=0.7060";

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
      { from: "2026-01-01", weekend_offpeak: false },
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
        "11e élément : il ne dit rien de la formule, des heures, des jours de pointe, de la puissance ni des prix ; remplissez au moins l'un d'eux, ou supprimez l'élément.",
        "11th entry: it tells nothing of plan, hours, peak days, power or prices; fill in at least one of them, or remove the entry.",
      ],
    ],
  ],
  [
    "hours that no day has",
    [
      { offpeak_hours: "00:00-24:00" },
      { offpeak_hours: "22:00-06:00;06:00-22:00" },
      { offpeak_hours: "22:00-20:00;06:00-10:00" },
      { plan: "SEASONAL", summer_offpeak_hours: "midi" },
      { plan: "HC_HP", summer_offpeak_hours: "11:00-17:00" },
      { plan: "tempo", weekend_offpeak: "true" },
      { weekend_offpeak: "parfois" },
      { holidays: "france" },
    ],
    [
      [
        "1er élément : offpeak_hours : « 00:00-24:00 » couvre toute la journée, il ne resterait pas d'heures pleines ; écrivez par exemple 22:30-06:30, ou la formule BASE.",
        '1st entry: offpeak_hours: "00:00-24:00" covers the whole day, which leaves no peak hours; write for example 22:30-06:30, or the plan BASE.',
      ],
      [
        "2e élément : offpeak_hours : « 22:00-06:00;06:00-22:00 » couvre toute la journée, il ne resterait pas d'heures pleines ; écrivez par exemple 22:30-06:30, ou la formule BASE.",
        '2nd entry: offpeak_hours: "22:00-06:00;06:00-22:00" covers the whole day, which leaves no peak hours; write for example 22:30-06:30, or the plan BASE.',
      ],
      [
        "3e élément : offpeak_hours : « 22:00-20:00;06:00-10:00 » compte plus de 24 heures par jour, car des plages se recouvrent ; écrivez chaque heure creuse une fois.",
        '3rd entry: offpeak_hours: "22:00-20:00;06:00-10:00" adds up to more than 24 hours a day, as ranges overlap; write each off-peak hour once.',
      ],
      [
        "4e élément : summer_offpeak_hours : « midi » n'est pas compris ; écrivez des plages comme 22:30-06:30 ou 01:34-07:34;12:56-14:56.",
        '4th entry: summer_offpeak_hours: "midi" is not understood; write ranges such as 22:30-06:30 or 01:34-07:34;12:56-14:56.',
      ],
      [
        "5e élément : summer_offpeak_hours ne concerne que la formule SEASONAL, pas HC_HP ; supprimez-le, ou changez de formule.",
        "5th entry: summer_offpeak_hours is about the plan SEASONAL only, not HC_HP; remove it, or change the plan.",
      ],
      [
        "6e élément : weekend_offpeak ne concerne que la formule SEASONAL, pas tempo ; supprimez-le, ou changez de formule.",
        "6th entry: weekend_offpeak is about the plan SEASONAL only, not tempo; remove it, or change the plan.",
      ],
      [
        "7e élément : weekend_offpeak : « parfois » n'est ni oui ni non ; écrivez true ou false.",
        '7th entry: weekend_offpeak: "parfois" is neither yes nor no; write true or false.',
      ],
      [
        "8e élément : holidays : « france » est inconnu ; choisissez parmi mainland, alsace_moselle.",
        '8th entry: holidays: "france" is unknown; choose among mainland, alsace_moselle.',
      ],
    ],
  ],
  [
    "prices that cannot be meant",
    [
      { prices: "hp=20.65 hc=15.79" },
      { prices: "hp=0.0019" },
      { prices: "hp=-0.2065" },
      { prices: "hp=0.2065 hc=gratuit" },
      { prices: "hp=0.20651234" },
      { prices: "0.2065" },
      { prices: "bleu_hc=0.1325" },
      { prices: "nuit=0.1325" },
      { prices: "hp=0.2065 hp=0.2066" },
      { prices: "base=0.194 hp=0.2065" },
      { plan: "BASE", prices: "hp=0.2065" },
      { plan: "TEMPO", prices: tempo.replace(" red_hp=0.7060", "") },
      { prices: "blue_hc=0.1325 blue_hp=0.1612 white_hc=0.1499 white_hp=0.1871" },
      { prices: "base=1.234,5" },
    ],
    [
      [
        "1er élément : prices : hp « 20.65 » n'est pas plausible en euros par kWh ; serait-ce en centimes ? Écrivez par exemple 0.2065.",
        '1st entry: prices: hp "20.65" is not plausible in euros per kWh; could it be in cents? Write for example 0.2065.',
      ],
      [
        "2e élément : prices : hp « 0.0019 » n'est pas plausible en euros par kWh ; serait-ce en centimes ? Écrivez par exemple 0.2065.",
        '2nd entry: prices: hp "0.0019" is not plausible in euros per kWh; could it be in cents? Write for example 0.2065.',
      ],
      [
        "3e élément : prices : hp « -0.2065 » est négatif ; écrivez un prix positif, par exemple 0.2065.",
        '3rd entry: prices: hp "-0.2065" is negative; write a positive price, for example 0.2065.',
      ],
      [
        "4e élément : prices : hc « gratuit » n'est pas un nombre en euros ; écrivez par exemple 0.2065.",
        '4th entry: prices: hc "gratuit" is not a number in euros; write for example 0.2065.',
      ],
      [
        "5e élément : prices : hp « 0.20651234 » a plus de 6 décimales ; arrondissez, par exemple 0.2065.",
        '5th entry: prices: hp "0.20651234" has more than 6 decimals; round it, for example 0.2065.',
      ],
      [
        "6e élément : prices : « 0.2065 » n'est pas compris ; écrivez des prix en euros par kWh comme hp=0.2065 hc=0.1579.",
        '6th entry: prices: "0.2065" is not understood; write prices in euros per kWh such as hp=0.2065 hc=0.1579.',
      ],
      [
        "7e élément : prices : la période « bleu_hc » est inconnue, vouliez-vous dire « blue_hc » ?",
        '7th entry: prices: the period "bleu_hc" is unknown, did you mean "blue_hc"?',
      ],
      [
        `8e élément : prices : la période « nuit » est inconnue ; choisissez parmi ${periods}.`,
        `8th entry: prices: the period "nuit" is unknown; choose among ${periods}.`,
      ],
      [
        "9e élément : prices : hp est donné deux fois ; gardez un seul de ces prix.",
        "9th entry: prices: hp is given twice; keep one of these prices.",
      ],
      [
        "10e élément : prices : aucune formule n'a à la fois les périodes base, hp ; ne gardez que celles de la vôtre.",
        "10th entry: prices: no plan has the periods base, hp together; keep those of yours only.",
      ],
      [
        "11e élément : prices : la formule BASE n'a pas de période « hp » ; choisissez parmi base.",
        '11th entry: prices: the plan BASE has no period "hp"; choose among base.',
      ],
      [
        "12e élément : prices : il manque le prix Tempo red_hp ; donnez les six, ou aucun.",
        "12th entry: prices: the Tempo price red_hp is missing; give all six, or none.",
      ],
      [
        "13e élément : prices : il manque les prix Tempo red_hc, red_hp ; donnez les six, ou aucun.",
        "13th entry: prices: the Tempo prices red_hc, red_hp are missing; give all six, or none.",
      ],
      [
        "14e élément : prices : base « 1.234,5 » n'est pas un nombre en euros ; écrivez par exemple 0.2065.",
        '14th entry: prices: base "1.234,5" is not a number in euros; write for example 0.2065.',
      ],
    ],
  ],
  [
    "standing charge, buy-back and power",
    [
      { standing: "187.80" },
      { standing: "-1" },
      { buyback: "4" },
      { buyback: "-0.04" },
      { sale: "surplus" },
      { sale: "tout", buyback: "0.04" },
      { power_kva: "7" },
      { power_kva: "neuf" },
    ],
    [
      [
        "1er élément : standing : « 187.80 » n'est pas plausible en euros par mois ; serait-ce pour un an, ou en centimes ? Écrivez par exemple 15.65.",
        '1st entry: standing: "187.80" is not plausible in euros a month; could it be for a year, or in cents? Write for example 15.65.',
      ],
      [
        "2e élément : standing : « -1 » est négatif ; écrivez un prix positif, par exemple 15.65.",
        '2nd entry: standing: "-1" is negative; write a positive price, for example 15.65.',
      ],
      [
        "3e élément : buyback : « 4 » n'est pas plausible en euros par kWh ; serait-ce en centimes ? Écrivez par exemple 0.04.",
        '3rd entry: buyback: "4" is not plausible in euros per kWh; could it be in cents? Write for example 0.04.',
      ],
      [
        "4e élément : buyback : « -0.04 » est négatif ; écrivez un prix positif, par exemple 0.04.",
        '4th entry: buyback: "-0.04" is negative; write a positive price, for example 0.04.',
      ],
      [
        "5e élément : sale « surplus » ne sert à rien sans prix ; donnez aussi buyback, par exemple 0.04, ou supprimez-le.",
        '5th entry: sale "surplus" is of no use without a price; give buyback as well, for example 0.04, or remove it.',
      ],
      [
        "6e élément : sale : « tout » est inconnu ; choisissez parmi surplus, total.",
        '6th entry: sale: "tout" is unknown; choose among surplus, total.',
      ],
      [
        "7e élément : power_kva : « 7 » n'est pas une puissance souscrite en kVA ; choisissez parmi 3, 6, 9, 12, 15, 18, 24, 30, 36.",
        '7th entry: power_kva: "7" is not a subscribed power in kVA; choose among 3, 6, 9, 12, 15, 18, 24, 30, 36.',
      ],
      [
        "8e élément : power_kva : « neuf » n'est pas une puissance souscrite en kVA ; choisissez parmi 3, 6, 9, 12, 15, 18, 24, 30, 36.",
        '8th entry: power_kva: "neuf" is not a subscribed power in kVA; choose among 3, 6, 9, 12, 15, 18, 24, 30, 36.',
      ],
    ],
  ],
  [
    "dates that contradict",
    [
      { from: "2026-02-01", to: "2026-01-31", plan: "BASE" },
      { to: "2026-13-01", plan: "BASE" },
      { plan: "ZEN_FLEX", peak_days: "2026-01-09 2026-01-10" },
    ],
    [
      [
        "1er élément : il finit (to 2026-01-31) avant de commencer (from 2026-02-01) ; échangez ou corrigez ces deux dates.",
        "1st entry: it ends (to 2026-01-31) before it begins (from 2026-02-01); swap or correct these two dates.",
      ],
      [
        "2e élément : to « 2026-13-01 » n'est pas un jour du calendrier ; écrivez-le année-mois-jour, par exemple 2025-11-01.",
        '2nd entry: to "2026-13-01" is not a day of the calendar; write it year-month-day, for example 2025-11-01.',
      ],
      [
        "3e élément : peak_days « 2026-01-10 » tombe un week-end, où ZEN_FLEX n'a jamais de jour de sobriété ; corrigez cette date.",
        '3rd entry: peak_days "2026-01-10" is at a weekend, where ZEN_FLEX never has a sobriety day; correct this date.',
      ],
    ],
  ],
  [
    "spans of one meter that overlap, next to one another or not",
    [
      { from: "2026-01-01", plan: "BASE" },
      { from: "2025-01-01", to: "2026-01-01", plan: "TEMPO" },
      { to: "2026-06-30", plan: "HC_HP" },
      { usage_point: "12345678901234", to: "2026-06-30", plan: "HC_HP" },
    ],
    [
      [
        "2e élément : il vaut pour le même compteur et une partie des mêmes jours que le 1er élément ; faites finir l'un (« to ») avant que l'autre commence (« from »).",
        '2nd entry: it is about the same meter and some of the same days as the 1st entry; let one end ("to") before the other begins ("from").',
      ],
      [
        "3e élément : il vaut pour le même compteur et une partie des mêmes jours que le 1er élément ; faites finir l'un (« to ») avant que l'autre commence (« from »).",
        '3rd entry: it is about the same meter and some of the same days as the 1st entry; let one end ("to") before the other begins ("from").',
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
