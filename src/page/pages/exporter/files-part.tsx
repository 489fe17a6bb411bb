import { useState } from "preact/hooks";
import { addDays } from "../../../domain/calendar.ts";
import { urlOf } from "../../api/client.ts";
import { reachOf, today, usagePoint } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { EmptyState } from "../../kit/empty-state.tsx";
import { SelectField, TextField } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { texts } from "./texts.ts";
import { spanFault } from "./words.ts";

/** Readings as files for a spreadsheet, and the whole as a backup. */
export function Files() {
  const point = usagePoint.value;
  return (
    <div class="columns">
      {point !== null && point.flows.length > 0 ? (
        <CsvCard key={point.id} pdl={point.id} hasProduction={point.flows.some(({ flow }) => flow === "production")} />
      ) : (
        <EmptyState title={t(texts.noFiles)} text={t(texts.noFilesMore)} />
      )}
      <Card title={t(texts.backup)}>
        <p>{t(texts.backupMore)}</p>
        <div class="row">
          <a class="button" href={urlOf("api/backup")} download>
            <Icon name="download" />
            {t(texts.backupSave)}
          </a>
          <a class="link-button" href={hrefOf("reglages", { partie: "sauvegardes" })}>
            {t(texts.backupAll)}
          </a>
        </div>
      </Card>
    </div>
  );
}

const contents = ["daily", "detail", "dailyProduction", "detailProduction", "tempo"] as const;
type Content = (typeof contents)[number];

const pathOf = (content: Content, pdl: string): string =>
  ({
    daily: `api/consumption/daily/${pdl}`,
    detail: `api/consumption/detail/${pdl}`,
    dailyProduction: `api/production/daily/${pdl}`,
    detailProduction: `api/production/detail/${pdl}`,
    tempo: "api/tempo",
  })[content];

const isProduction = (content: Content): boolean => content.endsWith("Production");

function CsvCard({ pdl, hasProduction }: { readonly pdl: string; readonly hasProduction: boolean }) {
  const reach = reachOf("consumption") ?? reachOf("production");
  const [content, setContent] = useState<Content>("daily");
  const [start, setStart] = useState<string>(reach?.first ?? "");
  const [end, setEnd] = useState<string>(reach?.last ?? today.value);
  const isDetail = content.startsWith("detail");
  const fault = spanFault({ start, end, isDetail });
  const choose = (next: Content): void => {
    setContent(next);
    // The last year is what a first file of half-hours can hold.
    if (next.startsWith("detail") && spanFault({ start, end, isDetail: true }) === "tooLong")
      setStart(addDays(reach?.last ?? today.value, -365));
  };
  return (
    <Card title="CSV">
      <p>{t(texts.filesMore)}</p>
      <SelectField
        label={t(texts.content)}
        value={content}
        onChange={choose}
        options={contents
          .filter((one) => hasProduction || !isProduction(one))
          .map((one) => ({ value: one, label: t(texts[one]) }))}
      />
      <div class="export-days">
        <TextField label={t(texts.from)} type="date" value={start} onChange={setStart} />
        <TextField
          label={t(texts.to)}
          type="date"
          value={end}
          error={fault === null ? undefined : t(texts[fault])}
          onChange={setEnd}
        />
      </div>
      <div>
        {fault === null ? (
          <a class="button main" href={urlOf(pathOf(content, pdl), { start, end, format: "csv" })} download>
            <Icon name="download" />
            {t(texts.saveFile)}
          </a>
        ) : (
          <button type="button" class="button main" disabled>
            {t(texts.saveFile)}
          </button>
        )}
      </div>
    </Card>
  );
}
