import type { EcowattOverview } from "../../../server/api/overview.ts";
import { capitalised, clock, instantOf, moment } from "../../format.ts";
import { now } from "../../home.ts";
import { Card } from "../../kit/card.tsx";
import { firstAlert } from "../../kit/ecowatt-alert.ts";
import { EcowattCell, EcowattWord } from "../../kit/ecowatt-cell.tsx";
import { ecowattName } from "../../kit/ecowatt-names.ts";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { texts } from "./texts.ts";

/** The next hours that fit in one line of a phone. */
const shownHours = 12;

/** The grid now and in the hours to come. */
export function EcowattCard({ ecowatt }: { readonly ecowatt: EcowattOverview }) {
  const spoken = language.value;
  const { current, forecast } = ecowatt;
  const alert = firstAlert(forecast);
  return (
    <Card title={t(texts.ecowatt)} side={<a href={hrefOf("ecowatt")}>{t(texts.seeAll)}</a>}>
      {current === null ? (
        <p class="muted">{t(texts.ecowattNone)}</p>
      ) : (
        <p class="row between">
          <span>{t(texts.ecowattNow)}</span>
          <EcowattWord level={current.level} />
        </p>
      )}
      <ul class="home-hours">
        {forecast.slice(0, shownHours).map(({ at, level }) => (
          <li key={at}>
            <EcowattCell level={level} label={`${clock(instantOf(at), spoken)}, ${t(ecowattName(level))}`} />
            <span class="small muted" aria-hidden="true">
              {clock(instantOf(at), spoken).replace(/\D.*$/, "")}
            </span>
          </li>
        ))}
      </ul>
      {forecast.length > 0 && (
        <p class="small muted">
          {alert === null
            ? t(texts.ecowattCalm)
            : `${capitalised(t(ecowattName(alert.level)))} ${moment(instantOf(alert.start), now.value, spoken)}, ${
                spoken === "fr" ? "jusqu'à" : "until"
              } ${clock(instantOf(alert.end), spoken)}.`}
        </p>
      )}
    </Card>
  );
}
