import type { PlansAnswer } from "../../../server/api/plans.ts";
import { nameOfPeriod } from "../../charts/tones.ts";
import { unknownSign } from "../../format.ts";
import { SelectField, TextField } from "../../kit/field.tsx";
import { language, t } from "../../language.ts";
import { type PlanDraft, periodsOf, written } from "./plan-draft.ts";
import type { PlanFormProps } from "./plan-fields.tsx";
import { planTexts } from "./plan-texts.ts";

interface PlanMoneyProps extends PlanFormProps {
  /** What is in force on the first day: shown where nothing is typed. */
  readonly current: PlansAnswer["spans"][number] | null;
  readonly hasProduction: boolean;
}

/** The prices of each period, the standing charge, and what production earns. */
export function PlanMoney({ draft, faults, contract, current, hasProduction, onChange }: PlanMoneyProps) {
  const spoken = language.value;
  const followed = (period: string): string => {
    const known = current?.prices.find((one) => one.period === period)?.eurPerKwh ?? null;
    return known === null ? "" : written(known, spoken);
  };
  const charge = current?.standing?.eurPerMonth;
  return (
    <fieldset class="plan-group">
      <legend>{t(planTexts.money)}</legend>
      <p class="small muted">{t(planTexts.moneyHint)}</p>
      <div class="plan-fields">
        {periodsOf(draft, contract).map((period) => {
          const fault = faults.prices[period];
          return (
            <TextField
              key={period}
              label={t(nameOfPeriod(period))}
              value={draft.prices[period] ?? ""}
              inputMode="decimal"
              unit={t(planTexts.perKwh)}
              placeholder={followed(period)}
              error={fault === undefined ? undefined : t(fault)}
              onChange={(price) => onChange({ ...draft, prices: { ...draft.prices, [period]: price } })}
            />
          );
        })}
        <TextField
          label={t(planTexts.standing)}
          value={draft.standing}
          inputMode="decimal"
          unit={t(planTexts.perMonth)}
          placeholder={charge === undefined ? "" : written(charge, spoken)}
          error={faults.standing === undefined ? undefined : t(faults.standing)}
          onChange={(standing) => onChange({ ...draft, standing })}
        />
        {hasProduction && <Buyback {...{ draft, faults, onChange }} />}
      </div>
    </fieldset>
  );
}

const Buyback = ({ draft, faults, onChange }: Pick<PlanMoneyProps, "draft" | "faults" | "onChange">) => (
  <>
    <TextField
      label={t(planTexts.buyback)}
      value={draft.buyback}
      inputMode="decimal"
      unit={t(planTexts.perKwh)}
      error={faults.buyback === undefined ? undefined : t(faults.buyback)}
      onChange={(buyback) => onChange({ ...draft, buyback })}
    />
    <SelectField<PlanDraft["sale"]>
      label={t(planTexts.sale)}
      value={draft.sale}
      options={[
        { value: "", label: unknownSign },
        { value: "surplus", label: t(planTexts.surplus) },
        { value: "total", label: t(planTexts.wholeSale) },
      ]}
      onChange={(sale) => onChange({ ...draft, sale })}
    />
  </>
);
