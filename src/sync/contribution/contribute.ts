import { type PlanKind, parsePlanKind } from "../../domain/tariff/plan.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Text } from "../../shared/language.ts";
import { priceFieldOf } from "../prices/offer-prices.ts";
import { faultsIn, isPeriod, type OfferForm, type VariantForm } from "./check.ts";
import type { ContributedVariant, Contribution, ContributionTaker } from "./proposal.ts";
import type { ContributionStore, SentContribution } from "./store.ts";

export interface ContributionDeps {
  readonly store: ContributionStore;
  readonly clock: Pick<Clock, "now">;
  readonly taker: ContributionTaker;
}

export interface ContributionPreview {
  readonly faults: readonly Text[];
  /** Exactly what is sent; null with faults. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

export function previewContribution({ taker }: Pick<ContributionDeps, "taker">, form: OfferForm): ContributionPreview {
  const faults = faultsIn(form);
  const contribution = faults.length > 0 ? null : contributionOf(form);
  return { faults, body: contribution && sentOf(taker.bodyOf(contribution)) };
}

/** Proposes an offer to the gateway, and keeps what was sent with what came back. @throws ContributionRefusal */
export async function contribute(
  { store, clock, taker }: ContributionDeps,
  form: OfferForm,
  signal: AbortSignal,
): Promise<{ readonly sent: SentContribution; readonly body: Readonly<Record<string, unknown>> }> {
  const faults = faultsIn(form);
  const contribution = contributionOf(form);
  if (faults.length > 0 || contribution === null) throw new ContributionRefusal(faults);
  const body = sentOf(taker.bodyOf(contribution));
  const answer = await taker.contribute(contribution, signal);
  const told =
    answer.outcome === "data"
      ? { state: "sent" as const, receipt: answer.data.id, message: answer.data.message }
      : { state: stateOf(answer.outcome), receipt: null, message: answer.message };
  const sent = await store.saveContribution({ sentAt: clock.now(), offerName: form.offerName, body, ...told });
  return { sent, body };
}

/** A form that has to be corrected first. */
export class ContributionRefusal extends Error {
  override readonly name = "ContributionRefusal";
  readonly text: Text;
  constructor(faults: readonly Text[]) {
    super(faults.map(({ en }) => en).join(" "));
    this.text = { fr: faults.map(({ fr }) => fr).join(" "), en: this.message };
  }
}

/** An answer that says no, or none that can be relied upon. */
const stateOf = (outcome: string): "refused" | "failed" =>
  outcome === "unavailable" || outcome === "quota" ? "failed" : "refused";

/** What is absent leaves no trace on the wire, and none in what is shown and kept. */
const sentOf = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  JSON.parse(JSON.stringify(body));

/** Null where the plan is not known. */
function contributionOf(form: OfferForm): Contribution | null {
  const kind = parsePlanKind(form.plan);
  if (kind === null) return null;
  const isNew = form.kind === "NEW_PROVIDER";
  return {
    kind: form.kind,
    offerName: form.offerName,
    offerType: typeOf(kind),
    priceSheetUrl: form.priceSheetUrl,
    variants: form.variants.map((variant) => variantOf(kind, variant)),
    ...(isNew && form.providerName ? { providerName: form.providerName } : {}),
    ...(isNew && form.providerWebsite ? { providerWebsite: form.providerWebsite } : {}),
    ...(!isNew && form.providerId ? { existingProviderId: form.providerId } : {}),
    ...(form.kind === "UPDATE_OFFER" && form.offerId ? { existingOfferId: form.offerId } : {}),
    ...(form.description ? { description: form.description } : {}),
    ...(form.validFrom ? { validFrom: form.validFrom } : {}),
  };
}

/** The gateway has no types of their own for prices at weekends: they stand beside the others. */
const typeOf = (kind: PlanKind): string =>
  kind === "BASE_WEEKEND" ? "BASE" : kind === "HC_HP_WEEKEND" ? "HC_HP" : kind;

const variantOf = (kind: PlanKind, { powerKva, eurPerMonth, prices }: VariantForm): ContributedVariant => ({
  powerKva,
  subscriptionPrice: eurPerMonth,
  prices: Object.fromEntries(
    prices.flatMap(({ period, eurPerKwh }) => {
      const field = isPeriod(period) ? priceFieldOf(kind, period) : undefined;
      return field === undefined ? [] : [[field, eurPerKwh] as const];
    }),
  ),
});
