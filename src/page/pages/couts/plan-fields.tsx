import { holidayRegions } from "../../../domain/tariff/holidays.ts";
import { type PlanKind, planKinds } from "../../../domain/tariff/plan.ts";
import { planNames } from "../../../domain/tariff/plan-names.ts";
import { nameOf, usagePoints } from "../../home.ts";
import { CheckField, SelectField, TextField } from "../../kit/field.tsx";
import { t } from "../../language.ts";
import { fieldsOf, type PlanDraft } from "./plan-draft.ts";
import type { PlanFaults } from "./plan-faults.ts";
import { holidayNames } from "./plan-names.ts";
import { planTexts } from "./plan-texts.ts";

export interface PlanFormProps {
  readonly draft: PlanDraft;
  readonly faults: PlanFaults;
  /** The plan that the contract tells. */
  readonly contract: PlanKind | null;
  readonly onChange: (draft: PlanDraft) => void;
}

/** What a household may subscribe to, in kVA, as the regulated tables list it. */
const powersKva = ["3", "6", "9", "12", "15", "18", "24", "30", "36"] as const;

/** When it holds, and how it divides the day. */
export function PlanFields({ draft, faults, contract, onChange }: PlanFormProps) {
  const has = fieldsOf(draft.plan === "" ? contract : draft.plan);
  const errorOf = (field: Exclude<keyof PlanFaults, "prices">): string | undefined => {
    const fault = faults[field];
    return fault === undefined ? undefined : t(fault);
  };
  return (
    <>
      <fieldset class="plan-group">
        <legend>{t(planTexts.validity)}</legend>
        <div class="plan-fields">
          <TextField
            label={t(planTexts.from)}
            type="date"
            value={draft.from}
            hint={t(planTexts.fromHint)}
            error={errorOf("from")}
            onChange={(from) => onChange({ ...draft, from })}
          />
          <TextField
            label={t(planTexts.to)}
            type="date"
            value={draft.to}
            hint={t(planTexts.toHint)}
            error={errorOf("to")}
            onChange={(to) => onChange({ ...draft, to })}
          />
        </div>
      </fieldset>
      <fieldset class="plan-group">
        <legend>{t(planTexts.which)}</legend>
        <div class="plan-fields">
          <Meter draft={draft} onChange={onChange} />
          <SelectField<PlanDraft["plan"]>
            label={t(planTexts.plan)}
            value={draft.plan}
            error={errorOf("plan")}
            options={[
              { value: "", label: t(planTexts.ofContract) },
              ...planKinds.map((kind) => ({ value: kind, label: t(planNames[kind]) })),
            ]}
            onChange={(plan) => onChange({ ...draft, plan })}
          />
          <SelectField<string>
            label={t(planTexts.power)}
            value={draft.powerKva}
            options={[
              { value: "", label: t(planTexts.ofContract) },
              ...powersKva.map((kva) => ({ value: kva, label: `${kva} kVA` })),
            ]}
            onChange={(powerKva) => onChange({ ...draft, powerKva })}
          />
          {has.hasWindows && (
            <TextField
              label={t(planTexts.hours)}
              value={draft.offpeakHours}
              hint={t(planTexts.hoursHint)}
              error={errorOf("offpeakHours")}
              onChange={(offpeakHours) => onChange({ ...draft, offpeakHours })}
            />
          )}
          {has.hasSeasons && <Seasons draft={draft} error={errorOf("summerOffpeakHours")} onChange={onChange} />}
          {has.hasWeekends && (
            <SelectField<PlanDraft["holidays"]>
              label={t(planTexts.holidays)}
              value={draft.holidays}
              options={[
                { value: "", label: t(planTexts.noHolidays) },
                ...holidayRegions.map((region) => ({ value: region, label: t(holidayNames[region]) })),
              ]}
              onChange={(holidays) => onChange({ ...draft, holidays })}
            />
          )}
          {has.hasPeakDays && <PeakDays draft={draft} error={errorOf("peakDays")} onChange={onChange} />}
        </div>
      </fieldset>
    </>
  );
}

type PartProps = Pick<PlanFormProps, "draft" | "onChange">;

/** Whose plan it is, where there are several meters. */
function Meter({ draft, onChange }: PartProps) {
  const points = usagePoints.value ?? [];
  if (points.length < 2) return null;
  return (
    <SelectField<string>
      label={t(planTexts.meter)}
      value={draft.usagePoint}
      options={[
        ...points.map((point) => ({ value: point.id, label: nameOf(point) })),
        { value: "", label: t(planTexts.everyMeter) },
      ]}
      onChange={(usagePoint) => onChange({ ...draft, usagePoint })}
    />
  );
}

const Seasons = ({ draft, error, onChange }: PartProps & { readonly error: string | undefined }) => (
  <>
    <TextField
      label={t(planTexts.summerHours)}
      value={draft.summerOffpeakHours}
      hint={t(planTexts.summerHint)}
      error={error}
      onChange={(summerOffpeakHours) => onChange({ ...draft, summerOffpeakHours })}
    />
    <CheckField
      label={t(planTexts.weekend)}
      value={draft.weekendOffpeak}
      onChange={(weekendOffpeak) => onChange({ ...draft, weekendOffpeak })}
    />
  </>
);

const PeakDays = ({ draft, error, onChange }: PartProps & { readonly error: string | undefined }) => (
  <>
    <TextField
      label={t(planTexts.peakDays)}
      value={draft.peakDays}
      hint={t(planTexts.peakDaysHint)}
      error={error}
      onChange={(peakDays) => onChange({ ...draft, peakDays })}
    />
    <TextField
      label={t(planTexts.peakThrough)}
      type="date"
      value={draft.peakDaysThrough}
      hint={t(planTexts.peakThroughHint)}
      onChange={(peakDaysThrough) => onChange({ ...draft, peakDaysThrough })}
    />
  </>
);
