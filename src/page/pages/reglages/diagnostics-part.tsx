import { useEffect, useRef } from "preact/hooks";
import type { DiagnosticsAnswer } from "../../../server/api/diagnostics.ts";
import type { Setting } from "../../../server/api/settings.ts";
import { urlOf } from "../../api/client.ts";
import { useApi } from "../../api/resource.ts";
import { instantOf, moment, whole } from "../../format.ts";
import { now } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { DataTable } from "../../kit/data-table.tsx";
import { Facts } from "../../kit/facts.tsx";
import { Icon } from "../../kit/icon.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { language, t } from "../../language.ts";
import { address, change } from "../../navigation.ts";
import { texts } from "./texts.ts";
import { size, sourceOf, valueText } from "./words.ts";

/** What runs, how large it is, what it last said, and a file of it for whoever helps. */
export function Diagnostics({ settings }: { readonly settings: readonly Setting[] }) {
  const known = useApi<DiagnosticsAnswer>("api/diagnostics");
  return (
    <div class="columns">
      <Card title={t(texts.help)}>
        <p>{t(texts.helpMore)}</p>
        <div class="row">
          <a class="button main" href={urlOf("api/diagnostics")} download>
            <Icon name="download" />
            {t(texts.helpDownload)}
          </a>
          <a class="button" href={urlOf("docs")} target="_blank" rel="noreferrer">
            <Icon name="link" />
            {t(texts.api)}
          </a>
        </div>
      </Card>
      {known.failure && <FailureLine failure={known.failure} onRetry={() => void known.reload()} />}
      {known.data === null ? (
        known.isLoading && <Skeleton lines={6} label={t(texts.loading)} />
      ) : (
        <>
          <Versions report={known.data} />
          <Kept tables={known.data.tables} />
          <Log lines={known.data.log} />
        </>
      )}
      <Fixed settings={settings} />
    </div>
  );
}

function Versions({ report }: { readonly report: DiagnosticsAnswer }) {
  const spoken = language.value;
  const { versions, startedAt, memory } = report;
  return (
    <Card title={t(texts.versions)}>
      <Facts
        facts={[
          { name: "Linky Bridge", value: versions.linkyBridge },
          { name: "Node", value: versions.node },
          { name: "PostgreSQL", value: versions.postgres },
          { name: t(texts.system), value: versions.platform },
          { name: t(texts.startedAt), value: moment(instantOf(startedAt), now.value, spoken) },
          { name: t(texts.memory), value: size(memory.rssBytes, spoken) },
        ]}
      />
    </Card>
  );
}

/** The largest tables first: they are what a disk is filled by. */
function Kept({ tables }: { readonly tables: DiagnosticsAnswer["tables"] }) {
  const spoken = language.value;
  const total = tables.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <Card title={`${t(texts.stored)} : ${size(total, spoken)}`}>
      <details>
        <summary>{t(texts.byTable)}</summary>
        <DataTable<DiagnosticsAnswer["tables"][number]>
          caption={t(texts.stored)}
          rows={tables.filter(({ rows }) => rows > 0).toSorted((a, b) => b.bytes - a.bytes)}
          rowKey={({ name }) => name}
          columns={[
            { key: "name", head: t(texts.table), cell: ({ name }) => name },
            { key: "rows", head: t(texts.rows), isNumber: true, cell: ({ rows }) => whole(rows, spoken) },
            { key: "size", head: t(texts.sizeHead), isNumber: true, cell: ({ bytes }) => size(bytes, spoken) },
          ]}
        />
      </details>
    </Card>
  );
}

/** The latest lines; a link with `vers=journal` leads to them rather than to the top of the page. */
function Log({ lines }: { readonly lines: readonly string[] }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (address.value.params.vers !== "journal") return;
    place.current?.scrollIntoView({ block: "center" });
    place.current?.focus({ preventScroll: true });
    // Once: to look at another part and come back is not to ask for it again.
    change({ vers: null }, { replace: true });
  }, []);
  return (
    <Card title={t(texts.log)} wide>
      <div ref={place} tabIndex={-1}>
        {lines.length === 0 ? (
          <p class="muted">{t(texts.noLog)}</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to scroll by the keys too
          <pre class="verbatim settings-log" tabIndex={0}>
            {lines.join("\n")}
          </pre>
        )}
      </div>
    </Card>
  );
}

const Fixed = ({ settings }: { readonly settings: readonly Setting[] }) => (
  <Card title={t(texts.fixed)}>
    <Facts
      facts={settings
        .filter(({ isSettable }) => !isSettable)
        .map((setting) => ({
          name: t(setting.name),
          value: (
            <>
              {setting.isSecret ? setting.isSet && t(texts.registered) : valueText(setting.value)}{" "}
              <span class="small muted">{t(sourceOf(setting))}</span>
            </>
          ),
        }))}
    />
  </Card>
);
