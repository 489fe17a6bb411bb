import { useState } from "preact/hooks";
import { addDays } from "../../../domain/calendar.ts";
import { type PlanKind, parsePlanKind } from "../../../domain/tariff/plan.ts";
import { planNames } from "../../../domain/tariff/plan-names.ts";
import type { OffersAnswer, PlanEntry, PlansAnswer } from "../../../server/api/plans.ts";
import { useApi } from "../../api/resource.ts";
import { today, usagePoint } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { SelectField } from "../../kit/field.tsx";
import { Problem } from "../../kit/problem.tsx";
import { DraftNote, useDraft } from "../../kit/use-draft.tsx";
import { language, t } from "../../language.ts";
import { hrefWith } from "../../navigation.ts";
import {
  draftFromOffer,
  draftFromSpan,
  draftOf,
  emptyDraft,
  entryOf,
  type PlanDraft,
  withEntry,
} from "./plan-draft.ts";
import type { Edition } from "./plan-edition.ts";
import { faultsIn, isSound, type PlanFaults } from "./plan-faults.ts";
import { PlanFields } from "./plan-fields.tsx";
import { PlanMoney } from "./plan-money.tsx";
import { PlanProposal } from "./plan-proposal.tsx";
import { planTexts } from "./plan-texts.ts";
import { spanOn } from "./plan-words.ts";

interface PlanEditorProps {
  readonly plans: PlansAnswer;
  readonly edition: Exclude<Edition, { readonly kind: "remove" }>;
}

const noFaults: PlanFaults = { prices: {} };

/** One entry of the user's plans: said, its effect seen, then kept. */
export function PlanEditor({ plans, edition }: PlanEditorProps) {
  const kept = useDraft<PlanDraft>(draftName(plans, edition), () => firstDraft(plans, edition), "tab");
  const draft = kept.value;
  const [faults, setFaults] = useState<PlanFaults>(noFaults);
  const [proposed, setProposed] = useState<readonly PlanEntry[] | null>(null);
  const position = edition.kind === "new" ? null : edition.position;
  const contract = contractOf(plans);
  const edit = (next: PlanDraft): void => {
    kept.change(next);
    setProposed(null);
    setFaults(noFaults);
  };
  const startOver = (): void => {
    kept.forget();
    setProposed(null);
    setFaults(noFaults);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const others = plans.said.filter((_, place) => place !== position);
    const found = faultsIn(draft, { contract, others });
    setFaults(found);
    setProposed(isSound(found) ? withEntry(plans.said, entryOf(draft, contract.plan), position) : null);
  };
  return (
    <Card title={t(edition.kind === "new" ? planTexts.newTitle : planTexts.editTitle)}>
      <form class="stack" onSubmit={submit} noValidate>
        <DraftNote draft={{ ...kept, forget: startOver }} />
        {edition.kind === "new" && (
          <Beginning key={String(kept.isKept)} plans={plans} draft={draft} isKept={kept.isKept} onChange={edit} />
        )}
        <PlanFields draft={draft} faults={faults} contract={contract.plan} onChange={edit} />
        <PlanMoney
          draft={draft}
          faults={faults}
          contract={contract.plan}
          current={spanOn(plans.spans, draft.from || today.value)}
          hasProduction={usagePoint.value?.hasProduction === true}
          onChange={edit}
        />
        {!isSound(faults) && <Problem text={t(planTexts.faulty)} tone="bad" />}
        <div class="row">
          <button type="submit" class={proposed === null ? "button main" : "button"}>
            {t(planTexts.preview)}
          </button>
          <a class="button" href={hrefWith({ edition: null })} onClick={kept.forget}>
            {t(planTexts.cancel)}
          </a>
        </div>
      </form>
      {proposed && (
        <PlanProposal
          plans={proposed}
          usagePoint={plans.usagePoint}
          isForAll={draft.usagePoint === ""}
          saveLabel={t(planTexts.save)}
          onSaved={kept.forget}
        />
      )}
    </Card>
  );
}

/** An entry is known by what it says: its place changes with the others. */
const draftName = ({ usagePoint, said }: PlansAnswer, edition: PlanEditorProps["edition"]): string =>
  ["plan", usagePoint, edition.kind, edition.kind === "new" ? "" : JSON.stringify(said[edition.position])].join(" ");

/** What the contract tells: what counts where the form says nothing. */
function contractOf({ contract, spans }: PlansAnswer): { plan: PlanKind | null; offpeakHours: string | null } {
  const told = spans.findLast(({ origin }) => origin !== "user")?.plan ?? null;
  const plan = told ?? (contract.pricingOption === null ? null : parsePlanKind(contract.pricingOption));
  return { plan, offpeakHours: contract.offpeakHours };
}

function firstDraft(plans: PlansAnswer, edition: PlanEditorProps["edition"]): PlanDraft {
  if (edition.kind === "new") return draftOfToday(plans);
  const draft = draftOf(plans.said[edition.position] ?? {}, language.value);
  const yesterday = addDays(today.value, -1);
  return edition.kind === "end" ? { ...draft, to: draft.from > yesterday ? draft.from : yesterday } : draft;
}

function draftOfToday(plans: PlansAnswer): PlanDraft {
  const start = { usagePoint: plans.usagePoint, from: today.value };
  const current = spanOn(plans.spans, today.value);
  return current === null ? emptyDraft(start.usagePoint, start.from) : draftFromSpan(current, start);
}

interface BeginningProps {
  readonly plans: PlansAnswer;
  readonly draft: PlanDraft;
  /** Whether it holds what was typed earlier. */
  readonly isKept: boolean;
  readonly onChange: (draft: PlanDraft) => void;
}

/** What the form is filled with at first: the plan of today, nothing, or an offer. */
function Beginning({ plans, draft, isKept, onChange }: BeginningProps) {
  const [chosen, setChosen] = useState(isKept ? "typed" : "now");
  const offers = useApi<OffersAnswer>(`api/offers/${plans.usagePoint}`);
  const spoken = language.value;
  const listed = (offers.data?.offers ?? []).filter(({ plan }) => plan !== null);
  const choose = (next: string): void => {
    setChosen(next);
    const offer = listed.find(({ id }) => id === next);
    const meterHours = plans.spans.findLast(({ offpeakHours }) => offpeakHours !== null)?.offpeakHours;
    if (next === "now") onChange({ ...draftOfToday(plans), from: draft.from });
    else if (next === "nothing") onChange(emptyDraft(draft.usagePoint, draft.from));
    else if (offer)
      onChange(
        draftFromOffer(offer, {
          draft,
          meterHours: meterHours ?? plans.contract.offpeakHours,
          language: spoken,
        }),
      );
  };
  return (
    <SelectField
      label={t(planTexts.startFrom)}
      value={chosen}
      onChange={choose}
      options={[
        ...(chosen === "typed" ? [{ value: "typed", label: t(planTexts.fromTyped) }] : []),
        { value: "now", label: t(planTexts.fromNow) },
        { value: "nothing", label: t(planTexts.fromNothing) },
        ...listed.map(({ id, provider, name, plan }) => ({
          value: id,
          label: [provider, name, plan === null ? "" : `(${t(planNames[plan])})`].filter(Boolean).join(" "),
        })),
      ]}
    />
  );
}
