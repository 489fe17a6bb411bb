import { parisTime, parisTimeOrNull } from "../../../domain/paris-time.ts";
import type { EcowattHourValue, EcowattSnapshot } from "../../../sync/snapshot.ts";

export function ecowattCurrentPayload({ current, nextHour, alert, changedAt }: EcowattSnapshot): object {
  return {
    ...hourPayload(current),
    message: current?.message ?? null,
    alert,
    next_hour: hourPayload(nextHour),
    timestamp: parisTimeOrNull(changedAt),
  };
}

const hourPayload = (hour: EcowattHourValue | null): object => ({
  level: hour?.level ?? null,
  decarbonised: hour?.decarbonised ?? null,
  hour: parisTimeOrNull(hour?.at ?? null),
});

/** A list of hours from the current one on; hours without a signal are absent. */
export const ecowattForecastPayload = ({ forecast }: EcowattSnapshot): readonly object[] =>
  forecast.map(({ at, level }) => ({ hour: parisTime(at), level }));
