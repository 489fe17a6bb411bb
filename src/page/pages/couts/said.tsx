import type { PlanEntry, PlansAnswer } from "../../../server/api/plans.ts";
import { nameOf, usagePoints } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { language, t } from "../../language.ts";
import { hrefWith } from "../../navigation.ts";
import { planTexts } from "./plan-texts.ts";
import { entryWords } from "./plan-words.ts";

/** The user's own words about plans, of this meter first, and what can be done with each. */
export function Said({ plans }: { readonly plans: PlansAnswer }) {
  const all = plans.said.map((entry, position) => ({ entry, position }));
  const isHere = ({ entry }: (typeof all)[number]): boolean =>
    entry.usage_point === undefined || entry.usage_point === plans.usagePoint;
  const shown = all.filter(isHere);
  return (
    <Card title={t(planTexts.said)}>
      {shown.length === 0 ? (
        <p class="muted">{t(planTexts.saidNone)}</p>
      ) : (
        <ul class="cost-list plain">
          {shown.map(({ entry, position }) => (
            <Entry key={position} entry={entry} position={position} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Entry({ entry, position }: { readonly entry: PlanEntry; readonly position: number }) {
  const { title, detail } = entryWords(entry, language.value);
  const isOpen = entry.to === undefined;
  return (
    <li class="plan">
      <p>
        <span class="strong">{title}</span>
        <span class="cost-detail small muted">
          {[scopeOf(entry), detail].filter((part) => part !== "").join(" ; ")}
        </span>
      </p>
      <div class="row">
        <Action position={String(position)} label={t(planTexts.edit)} title={title} />
        {isOpen && <Action position={`${position}-fin`} label={t(planTexts.end)} title={title} />}
        <Action position={`${position}-suppression`} label={t(planTexts.remove)} title={title} />
      </div>
    </li>
  );
}

/** Whose entry it is, where there are several meters. */
function scopeOf(entry: PlanEntry): string {
  const points = usagePoints.value ?? [];
  if (points.length < 2) return "";
  const point = points.find(({ id }) => id === entry.usage_point);
  return point === undefined ? t(planTexts.everyMeter) : nameOf(point);
}

interface ActionProps {
  readonly position: string;
  readonly label: string;
  readonly title: string;
}

const Action = ({ position, label, title }: ActionProps) => (
  <a class="button" href={hrefWith({ edition: position })}>
    {label}
    <span class="hidden-text"> : {title}</span>
  </a>
);
