import { periodNames } from "../../../domain/tariff/period.ts";
import { periodsOfPlan } from "../../../domain/tariff/plan-periods.ts";
import { Card } from "../../kit/card.tsx";
import { TextField } from "../../kit/field.tsx";
import { t } from "../../language.ts";
import { emptyVariant, type VariantForm } from "./form.ts";
import type { FieldsProps } from "./offer-fields.tsx";
import { texts } from "./texts.ts";

/** As many as the API takes at once. */
const mostVariants = 12;

/** The prices, once for each subscribed power. */
export function VariantFields({ form, errorOf, onChange }: FieldsProps) {
  const { variants } = form;
  const put = (position: number, changed: VariantForm | null): void =>
    onChange({
      ...form,
      variants: variants.flatMap((one, at) => (at !== position ? [one] : changed === null ? [] : [changed])),
    });
  return (
    <Card title={t(texts.prices)}>
      {variants.map((variant, position) => (
        <Variant
          key={position}
          variant={variant}
          plan={form.plan}
          canLeave={variants.length > 1}
          errorOf={(field) => errorOf(`variants.${position}.${field}`)}
          onChange={(changed) => put(position, changed)}
        />
      ))}
      {variants.length < mostVariants && (
        <div>
          <button
            type="button"
            class="button"
            onClick={() => onChange({ ...form, variants: [...variants, emptyVariant(null)] })}
          >
            {t(texts.addPower)}
          </button>
        </div>
      )}
    </Card>
  );
}

interface VariantProps {
  readonly variant: VariantForm;
  readonly plan: FieldsProps["form"]["plan"];
  readonly canLeave: boolean;
  readonly errorOf: (field: string) => string | undefined;
  /** Null takes it away. */
  readonly onChange: (variant: VariantForm | null) => void;
}

const Variant = ({ variant, plan, canLeave, errorOf, onChange }: VariantProps) => (
  <fieldset class="contribute-variant stack">
    <legend class="hidden-text">
      {t(texts.power)} {variant.power}
    </legend>
    <div class="contribute-prices">
      <TextField
        label={t(texts.power)}
        unit="kVA"
        inputMode="numeric"
        value={variant.power}
        error={errorOf("power")}
        onChange={(power) => onChange({ ...variant, power })}
      />
      <TextField
        label={t(texts.standing)}
        unit="€"
        inputMode="decimal"
        value={variant.standing}
        error={errorOf("standing")}
        onChange={(standing) => onChange({ ...variant, standing })}
      />
      {periodsOfPlan[plan].map((period) => (
        <TextField
          key={period}
          label={t(periodNames[period])}
          unit="€/kWh"
          inputMode="decimal"
          value={variant.prices[period] ?? ""}
          error={errorOf(period)}
          onChange={(text) => onChange({ ...variant, prices: { ...variant.prices, [period]: text } })}
        />
      ))}
    </div>
    {canLeave && (
      <div>
        <button type="button" class="link-button" onClick={() => onChange(null)}>
          {t(texts.removePower)}
        </button>
      </div>
    )}
  </fieldset>
);
