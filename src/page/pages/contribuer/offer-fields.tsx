import { planKinds } from "../../../domain/tariff/plan.ts";
import { planNames } from "../../../domain/tariff/plan-names.ts";
import { price } from "../../format.ts";
import { Card } from "../../kit/card.tsx";
import { SelectField, TextField } from "../../kit/field.tsx";
import { Segmented } from "../../kit/segmented.tsx";
import { language, t } from "../../language.ts";
import { filledWith, type KnownOffer, type OfferForm, providersOf } from "./form.ts";
import { texts } from "./texts.ts";

export interface FieldsProps {
  readonly form: OfferForm;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (form: OfferForm) => void;
}

const kinds = ["UPDATE_OFFER", "NEW_OFFER", "NEW_PROVIDER"] as const;

/** Which offer it is, of whom, and where its prices can be read. */
export function OfferFields({
  form,
  offers,
  errorOf,
  onChange,
}: FieldsProps & { readonly offers: readonly KnownOffer[] }) {
  const set = (changes: Partial<OfferForm>): void => onChange({ ...form, ...changes });
  return (
    <Card title={t(texts.offer)}>
      <div class="field">
        <p>{t(texts.kind)}</p>
        <Segmented
          label={t(texts.kind)}
          value={form.kind}
          onChange={(kind) => set({ kind })}
          options={kinds.map((kind) => ({ value: kind, label: t(texts[kind]) }))}
        />
      </div>
      {form.kind === "NEW_PROVIDER" ? (
        <>
          <TextField
            label={t(texts.providerName)}
            value={form.providerName}
            error={errorOf("providerName")}
            onChange={(providerName) => set({ providerName })}
          />
          <TextField
            label={t(texts.providerWebsite)}
            type="url"
            inputMode="url"
            hint={t(texts.optional)}
            value={form.providerWebsite}
            error={errorOf("providerWebsite")}
            onChange={(providerWebsite) => set({ providerWebsite })}
          />
        </>
      ) : (
        <Known form={form} offers={offers} errorOf={errorOf} onChange={onChange} />
      )}
      <TextField
        label={t(texts.offerName)}
        value={form.offerName}
        error={errorOf("offerName")}
        onChange={(offerName) => set({ offerName })}
      />
      <SelectField
        label={t(texts.plan)}
        value={form.plan}
        onChange={(plan) => set({ plan })}
        options={planKinds.map((kind) => ({ value: kind, label: t(planNames[kind]) }))}
      />
      <TextField
        label={t(texts.sheet)}
        type="url"
        inputMode="url"
        hint={t(texts.sheetHint)}
        value={form.sheet}
        error={errorOf("sheet")}
        onChange={(sheet) => set({ sheet })}
      />
      <TextField
        label={t(texts.validFrom)}
        type="date"
        hint={t(texts.optional)}
        value={form.validFrom}
        onChange={(validFrom) => set({ validFrom })}
      />
      <TextField
        label={t(texts.description)}
        hint={t(texts.optional)}
        value={form.description}
        onChange={(description) => set({ description })}
      />
    </Card>
  );
}

/** A supplier that the gateway knows, and which of its offers where one is to be put right. */
function Known({ form, offers, errorOf, onChange }: FieldsProps & { readonly offers: readonly KnownOffer[] }) {
  const none = { value: "", label: t(texts.choose) };
  if (offers.length === 0) return <p class="muted">{t(texts.noOffers)}</p>;
  return (
    <>
      <SelectField
        label={t(texts.provider)}
        value={form.providerId}
        error={errorOf("providerId")}
        onChange={(providerId) => onChange({ ...form, providerId, offerId: "" })}
        options={[none, ...providersOf(offers).map(({ id, name }) => ({ value: id, label: name }))]}
      />
      {form.kind === "UPDATE_OFFER" && (
        <SelectField
          label={t(texts.which)}
          value={form.offerId}
          error={errorOf("offerId")}
          onChange={(id) => {
            const offer = offers.find((one) => one.id === id);
            onChange(offer ? filledWith(form, offer) : { ...form, offerId: "" });
          }}
          options={[
            none,
            ...offers
              .filter(({ providerId }) => providerId === form.providerId)
              .map((offer) => ({ value: offer.id, label: labelOf(offer) })),
          ]}
        />
      )}
    </>
  );
}

/** Offers of one name differ by their plan and their prices. */
const labelOf = ({ name, plan, prices }: KnownOffer): string =>
  [name, plan === null ? null : t(planNames[plan]), price(prices[0]?.eurPerKwh ?? null, language.value)]
    .filter((part) => part !== null)
    .join(" · ");
