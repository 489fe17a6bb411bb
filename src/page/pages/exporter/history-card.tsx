import { useState } from "preact/hooks";
import type { LocalDate } from "../../../domain/units.ts";
import type { AdoptionPreview } from "../../../server/api/adoption.ts";
import { ask } from "../../api/client.ts";
import { refreshAll } from "../../api/resource.ts";
import { capitalised, dayShort, energy, unknownSign, whole } from "../../format.ts";
import { nameOf, usagePoints } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { Confirm } from "../../kit/dialog.tsx";
import { Facts } from "../../kit/facts.tsx";
import { TextField } from "../../kit/field.tsx";
import { FailureLine, Problem } from "../../kit/problem.tsx";
import { Segmented } from "../../kit/segmented.tsx";
import { useDoing } from "../../kit/use-doing.ts";
import { Value } from "../../kit/value.tsx";
import { language, t } from "../../language.ts";
import { AdoptionPreviewView } from "./adoption-preview.tsx";
import { texts } from "./texts.ts";
import { type FoundHistory, flowNames, historySpan, hoursOf, modeOf } from "./words.ts";

interface HistoryCardProps {
  readonly history: FoundHistory;
  readonly onChange: () => Promise<void>;
}

/** One history of another tool: what it is, how it could be taken over, and what that would change. */
export function HistoryCard({ history, onChange }: HistoryCardProps) {
  const { name, usagePoint, flow, isOurs, facts, adoption, isHalfWritten } = history;
  const point = (usagePoints.value ?? []).find(({ id }) => id === usagePoint) ?? { id: usagePoint, name: null };
  return (
    <Card title={`${name} : ${t(flowNames[flow])}, ${nameOf(point)}`}>
      <HistoryFacts facts={facts} />
      {!isOurs && <Problem tone="note" text={t(texts.notOurs)} />}
      {facts.isRecent && <Problem text={t(texts.recent)} />}
      {isHalfWritten && <Problem text={t(texts.halfWritten)} />}
      {isOurs && (adoption === null || isHalfWritten) && <TakeOver history={history} onChange={onChange} />}
      {adoption !== null && !isHalfWritten && <p class="strong">{t(texts.adopted)}</p>}
    </Card>
  );
}

function HistoryFacts({ facts }: { readonly facts: FoundHistory["facts"] }) {
  const spoken = language.value;
  const span = historySpan(facts);
  const days = span && `${dayShort(span.from as LocalDate, spoken)} – ${dayShort(span.to as LocalDate, spoken)}`;
  const { hours, holes } = hoursOf(facts);
  return (
    <Facts
      facts={[
        { name: t(texts.spanOf), value: <Value text={days ?? unknownSign} /> },
        { name: t(texts.hours), value: whole(hours, spoken) },
        ...(holes === 0 ? [] : [{ name: t(texts.holes), value: whole(holes, spoken) }]),
        { name: t(texts.common), value: whole(facts.commonDays, spoken) },
        ...(facts.commonDays === 0
          ? []
          : [
              { name: t(texts.byFormer), value: energy(facts.formerWh, spoken) },
              { name: t(texts.byUs), value: energy(facts.storeWh, spoken) },
            ]),
      ]}
    />
  );
}

function TakeOver({ history, onChange }: HistoryCardProps) {
  const possible = history.modes.filter(({ reason }) => reason === null);
  const [mode, setMode] = useState(possible[0]?.mode ?? "copy");
  const [until, setUntil] = useState("");
  const [preview, setPreview] = useState<AdoptionPreview | null>(null);
  const [isAsked, setAsked] = useState(false);
  const doing = useDoing();
  const { tool, usagePoint, flow } = history;
  const request = { tool, usagePoint, flow, mode, until: until === "" ? null : until };
  // A preview is of what was asked, and of nothing else.
  const changed = (change: () => void): void => {
    change();
    setPreview(null);
    doing.forget();
  };
  const look = (): Promise<boolean> =>
    doing.run(async () => {
      setPreview(null);
      setPreview(await ask<AdoptionPreview>("api/adoption/preview", { method: "POST", body: request }));
    });
  const adopt = async (): Promise<void> => {
    const isDone = await doing.run(async () => {
      await ask("api/adoption/apply", { method: "POST", body: { ...request, confirm: true } });
    });
    setAsked(false);
    if (!isDone) return;
    setPreview(null);
    await onChange();
    await refreshAll();
  };
  return (
    <>
      {history.modes.map(({ mode: one, reason }) =>
        reason === null ? null : (
          <p key={one} class="small muted">
            {t(modeOf(one))} : {t(reason)}.
          </p>
        ),
      )}
      {possible.length > 1 && (
        <Segmented
          label={t(texts.how)}
          value={mode}
          onChange={(next) => changed(() => setMode(next))}
          options={possible.map(({ mode: one }) => ({ value: one, label: t(modeOf(one)) }))}
        />
      )}
      {possible.length > 0 && (
        <>
          <p>{t(mode === "continue" ? texts.modeContinueMore : texts.modeCopyMore)}</p>
          {possible.map(({ mode: one, care }) =>
            one === mode && care !== null ? <Problem key={one} tone="note" text={`${capitalised(t(care))}.`} /> : null,
          )}
          <TextField
            label={t(texts.until)}
            hint={t(texts.untilHint)}
            type="date"
            value={until}
            onChange={(next) => changed(() => setUntil(next))}
          />
          <div>
            <button type="button" class="button" disabled={doing.isBusy} onClick={() => void look()}>
              {t(doing.isBusy ? texts.previewing : texts.preview)}
            </button>
          </div>
        </>
      )}
      {doing.failure && <FailureLine failure={doing.failure} />}
      {preview && (
        <>
          <AdoptionPreviewView preview={preview} />
          <div>
            <button type="button" class="button main" onClick={() => setAsked(true)}>
              {t(texts.adopt)}
            </button>
          </div>
        </>
      )}
      <Confirm
        title={t(texts.adoptTitle)}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        confirmLabel={t(texts.adopt)}
        isBusy={doing.isBusy}
        onConfirm={() => void adopt()}
      >
        <p>{t(mode === "continue" ? texts.modeContinueMore : texts.modeCopyMore)}</p>
        {history.facts.isRecent && <p>{t(texts.recent)}</p>}
        <p>{t(texts.adoptSaved)}</p>
      </Confirm>
    </>
  );
}
