import type { ExportsAnswer } from "../../../server/api/diagnostics.ts";
import type { LogsAnswer } from "../../../server/api/exports.ts";
import { useApi } from "../../api/resource.ts";
import { capitalised, instantOf, moment } from "../../format.ts";
import { now } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { Named } from "../../kit/named.tsx";
import { language, t } from "../../language.ts";
import { texts } from "./texts.ts";
import { type Run, runState } from "./words.ts";

/** The latest runs towards the secondary destinations; nothing where none is set and none ever ran. */
export function RunsCard({ exports }: ExportsAnswer) {
  const { data } = useApi<LogsAnswer>("api/export/logs?limit=100");
  if (data === null) return null;
  const isAnySet = exports.some(({ destination, isEnabled }) => isEnabled && !primary.includes(destination));
  if (!isAnySet && data.logs.length === 0) return null;
  const spoken = language.value;
  const nameOf = (type: string): string => {
    const known = exports.find(({ destination }) => destination === type);
    return known ? t(known.name) : type;
  };
  return (
    <Card title={t(texts.runs)} wide>
      <p class="small muted">{t(texts.runsMore)}</p>
      {data.logs.length === 0 ? (
        <p class="muted">{t(texts.noRuns)}</p>
      ) : (
        <DataTable<Run>
          caption={t(texts.runs)}
          rows={data.logs}
          rowKey={({ id }) => String(id)}
          columns={[
            {
              key: "where",
              head: t(texts.runWhere),
              // When and why stand under what they belong to: columns of their own would lie outside a phone.
              cell: ({ type, startedAt }) => (
                <>
                  {nameOf(type)}
                  <span class="small muted run-more">
                    {capitalised(moment(instantOf(startedAt), now.value, spoken))}
                  </span>
                </>
              ),
            },
            {
              key: "how",
              head: t(texts.runHow),
              cell: (run) => (
                <>
                  {t(runState(run, now.value))}
                  {run.error !== null && (
                    <span class="small muted run-more">
                      <Named text={run.error} />
                    </span>
                  )}
                </>
              ),
            },
            {
              key: "records",
              head: t(texts.runRecords),
              isNumber: true,
              cell: ({ records }) => records.toLocaleString(spoken),
            },
          ]}
        />
      )}
    </Card>
  );
}

const primary = ["mqtt", "homeassistant"];
