import { useState } from "preact/hooks";
import { addDays, daysFromTo, localDate } from "../../../src/domain/calendar.ts";
import type { LocalDate } from "../../../src/domain/units.ts";
import { Chart } from "../../../src/page/charts/chart.tsx";
import { energy, exactEnergy, money, unknownSign } from "../../../src/page/format.ts";
import { Answer } from "../../../src/page/kit/answer.tsx";
import { Card } from "../../../src/page/kit/card.tsx";
import { DataTable } from "../../../src/page/kit/data-table.tsx";
import { DateStepper } from "../../../src/page/kit/date-stepper.tsx";
import { DayCalendar, type DayKind } from "../../../src/page/kit/day-calendar.tsx";
import { Confirm } from "../../../src/page/kit/dialog.tsx";
import { EmptyState } from "../../../src/page/kit/empty-state.tsx";
import { CheckField, SelectField, TextField } from "../../../src/page/kit/field.tsx";
import { Problem } from "../../../src/page/kit/problem.tsx";
import { Progress } from "../../../src/page/kit/progress.tsx";
import { QualityMark, qualities } from "../../../src/page/kit/quality-mark.tsx";
import { Skeleton } from "../../../src/page/kit/skeleton.tsx";
import { usePeriod } from "../../../src/page/kit/use-period.ts";
import { Value } from "../../../src/page/kit/value.tsx";
import { autumnDay, month, tempoDays } from "./models.ts";

const reach = { first: localDate("2023-03-15"), last: localDate("2026-11-20") };
const today = localDate("2026-11-20");

/** Every part of the kit in every state that it has. */
export const Gallery = () => (
  <main class="stack gallery">
    <h1>Kit</h1>
    <Answer sentence="Hier, jeudi 19 novembre" figures={[energy(14_820, "fr"), money(3.11, "fr")]}>
      Mesuré par Enedis, reçu aujourd'hui à 8 h 07
    </Answer>
    <Answer sentence="Hier, jeudi 19 novembre" figures={[energy(null, "fr")]} unknown="Pas encore publié par Enedis." />
    <Stepped />
    <Problem text="Le consentement se termine dans 7 jours" action={{ label: "Le renouveler", href: "#/reglages" }} />
    <Problem text="Linky Bridge ne répond pas." tone="bad" action={{ label: "Réessayer", onClick: () => {} }} />
    <Problem text="Les premiers relevés arrivent." tone="note" />
    <div class="columns">
      <Card title="Mois" wide>
        <Chart model={month} title="Consommation, novembre 2026" hasTable />
        <Table />
      </Card>
      <Card title="Tempo">
        <Chart model={tempoDays} title="Par couleur" />
      </Card>
      <Card title="Jour">
        <Chart model={autumnDay} title="Puissance, 25 octobre 2026" />
      </Card>
      <Card title="Saison Tempo" wide>
        <Season />
      </Card>
      <Card title="Réglages">
        <Form />
      </Card>
      <Card title="États">
        <div class="row">
          {qualities.map((quality) => (
            <QualityMark key={quality} quality={quality} />
          ))}
        </div>
        <Progress label="Historique" value={312} max={1095} note="Encore 34 appels, environ 2 jours" />
        <Skeleton lines={3} label="Chargement…" />
        <p>
          Prix : <Value text={unknownSign} reason="prix inconnu" />
        </p>
        <EmptyState title="Pas de production" text="Ce compteur n'injecte rien." />
      </Card>
    </div>
  </main>
);

function Stepped() {
  const { period, choose, isCompared, compare } = usePeriod(reach);
  return (
    <DateStepper
      period={period}
      reach={reach}
      today={today}
      onChange={choose}
      comparison={{ isOn: isCompared, onChange: compare }}
    />
  );
}

const Table = () => (
  <DataTable
    caption="Consommation, novembre 2026"
    rows={Array.from({ length: 40 }, (_, day) => ({ day, energyWh: day === 3 ? null : 9_000 + day }))}
    rowKey={({ day }) => String(day)}
    columns={[
      { key: "day", head: "Jour", cell: ({ day }) => `${day + 1}` },
      {
        key: "energy",
        head: "Énergie",
        unit: "kWh",
        isNumber: true,
        cell: ({ energyWh }) => <Value text={exactEnergy(energyWh, "fr")} />,
      },
    ]}
    csvHref="api/nothing.csv"
  />
);

const kinds = {
  blue: { name: "Bleu", sign: "B", style: "tempo-blue" },
  white: { name: "Blanc", sign: "W", style: "tempo-white" },
  red: { name: "Rouge", sign: "R", style: "tempo-red" },
  pending: { name: "Pas encore connu", sign: "?", style: "pending" },
  missing: { name: "Manquant", sign: "—", style: "missing" },
  estimated: { name: "Estimé", sign: "≈", style: "estimated" },
} as const satisfies Readonly<Record<string, DayKind>>;
const names = ["blue", "white", "red", "pending", "missing", "estimated"] as const;
const days = daysFromTo(localDate("2026-09-01"), addDays(localDate("2026-09-01"), 120)).map((date, position) => ({
  date,
  kind: names[position % 13] ?? ("blue" as const),
}));

function Season() {
  const [selected, setSelected] = useState<LocalDate | null>(null);
  return <DayCalendar label="Saison" days={days} kinds={kinds} selected={selected} onSelect={setSelected} />;
}

function Form() {
  const [text, setText] = useState("");
  const [isOn, setOn] = useState(true);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <TextField
        label="Identifiant client"
        value={text}
        onChange={setText}
        hint="Il commence par cli_."
        error={text === "" ? "Donnez l'identifiant client." : undefined}
      />
      <SelectField
        label="Langue"
        value="fr"
        onChange={() => {}}
        options={[
          { value: "fr", label: "Français" },
          { value: "en", label: "English" },
        ]}
      />
      <CheckField label="Publier sur MQTT" value={isOn} onChange={setOn} />
      <div class="row">
        <button type="button" class="button main" onClick={() => setOpen(true)}>
          Effacer…
        </button>
        <button type="button" class="button" disabled>
          Impossible
        </button>
      </div>
      <Confirm
        title="Effacer la valeur ?"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        confirmLabel="Effacer"
        onConfirm={() => setOpen(false)}
        isDangerous
      >
        <p>La valeur saisie à la main disparaît ; celle d'Enedis prend sa place quand elle arrive.</p>
      </Confirm>
    </>
  );
}
