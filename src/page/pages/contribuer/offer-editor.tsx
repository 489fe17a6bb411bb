import { useState } from "preact/hooks";
import type { PlanKind } from "../../../domain/tariff/plan.ts";
import type { ContributionPreviewAnswer } from "../../../server/api/contribution.ts";
import { ask } from "../../api/client.ts";
import { Card } from "../../kit/card.tsx";
import { Confirm } from "../../kit/dialog.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { DraftNote, useDraft } from "../../kit/use-draft.tsx";
import { t } from "../../language.ts";
import { emptyForm, faultsOf, type KnownOffer, type OfferForm, offerOf } from "./form.ts";
import { OfferFields } from "./offer-fields.tsx";
import { texts } from "./texts.ts";
import { VariantFields } from "./variant-fields.tsx";

interface OfferEditorProps {
  readonly offers: readonly KnownOffer[];
  readonly plan: PlanKind;
  readonly power: number | null;
  readonly onSent: () => void;
}

/** The form, what it comes to, and the sending; a form that changes has to be looked at again. */
export function OfferEditor({ offers, plan, power, onSent }: OfferEditorProps) {
  const kept = useDraft<OfferForm>("offer", () => emptyForm({ plan, power }), "tab");
  const form = kept.value;
  const [wasTried, setTried] = useState(false);
  const [preview, setPreview] = useState<ContributionPreviewAnswer | null>(null);
  const [isAsked, setAsked] = useState(false);
  const doing = useDoing();
  const faults = faultsOf(form);
  const errorOf = (field: string): string | undefined => {
    const fault = wasTried ? faults[field] : undefined;
    return fault === undefined ? undefined : t(texts[fault]);
  };
  const change = (next: OfferForm): void => {
    kept.change(next);
    setPreview(null);
    doing.forget();
  };
  const look = async (): Promise<void> => {
    setTried(true);
    if (Object.keys(faults).length > 0) return;
    await doing.run(async () => {
      const body = { offer: offerOf(form) };
      setPreview(await ask<ContributionPreviewAnswer>("api/contributions/preview", { method: "POST", body }));
    });
  };
  const send = async (): Promise<void> => {
    const isSent = await doing.run(async () => {
      await ask("api/contributions", { method: "POST", body: { offer: offerOf(form), confirm: true } });
    });
    setAsked(false);
    if (!isSent) return;
    startOver();
    onSent();
  };
  const startOver = (): void => {
    kept.forget();
    setPreview(null);
    setTried(false);
    doing.forget();
  };
  return (
    <>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <DraftNote draft={{ ...kept, forget: startOver }} />
        <div class="columns">
          <OfferFields form={form} offers={offers} errorOf={errorOf} onChange={change} />
          <VariantFields form={form} errorOf={errorOf} onChange={change} />
        </div>
        {doing.failure && <FailureLine failure={doing.failure} />}
        <div>
          <button type="submit" class="button main" disabled={doing.isBusy}>
            {t(texts.preview)}
          </button>
        </div>
      </form>
      <div role="status">{preview && <Preview preview={preview} onSend={() => setAsked(true)} />}</div>
      <Confirm
        title={t(texts.sendTitle)}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        confirmLabel={t(texts.send)}
        isBusy={doing.isBusy}
        onConfirm={() => void send()}
      >
        <p class="strong">{form.offerName}</p>
        <p>{t(texts.sendMore)}</p>
      </Confirm>
    </>
  );
}

interface PreviewProps {
  readonly preview: ContributionPreviewAnswer;
  readonly onSend: () => void;
}

const Preview = ({ preview: { faults, body }, onSend }: PreviewProps) =>
  faults.length > 0 ? (
    <>
      <p>{t(texts.faults)}</p>
      <ul class="contribute-faults">
        {faults.map((fault) => (
          <li key={fault.fr}>{t(fault)}</li>
        ))}
      </ul>
    </>
  ) : (
    <Card title={t(texts.exactly)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to scroll by the keys too */}
      <pre class="verbatim contribute-body" tabIndex={0}>
        {JSON.stringify(body, null, 2)}
      </pre>
      <p class="small muted">{t(texts.exactlyMore)}</p>
      <div>
        <button type="button" class="button main" onClick={onSend}>
          {t(texts.send)}
        </button>
      </div>
    </Card>
  );
