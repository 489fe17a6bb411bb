import type { Clock } from "../../shared/clock.ts";
import type { Language } from "../../shared/language.ts";
import type { Logger } from "../../shared/log.ts";
import type { ExportBatch, Exporter, NewestPoint } from "../../sync/exports/exporter.ts";
import type { ExportSeries } from "../../sync/exports/series.ts";
import { Equipment, type SeriesCommands } from "./equipment.ts";
import { exportFailureOf } from "./export-failure.ts";
import { findingsOf } from "./export-test.ts";
import { JeedomFailure } from "./failure.ts";
import { createJeedom, type Jeedom } from "./jeedom.ts";
import { type CommandRef, isHeld } from "./quantity.ts";
import { currentOf, latestDay, oldestDay, pointsOf, tomorrowOf } from "./series-points.ts";
import { type EnergyUnit, placeOf } from "./series-quantity.ts";

export interface JeedomExporterSettings {
  /** The browser's address of the box. */
  readonly url: string;
  readonly apiKey: string;
  /** The box's zone, for a key that may not read it. Null: Europe/Paris. */
  readonly timeZone: string | null;
  readonly unit: EnergyUnit;
  /** Days of half-hours and of EcoWatt: each takes 48 calls, or 24. Default 30. */
  readonly historyDays?: number;
  readonly clock: Pick<Clock, "now">;
  readonly log: Logger;
  /** Of warnings in the log. Default: French, as the names on the box. */
  readonly language?: Language;
  /** For one call, its answer included. Default 15 000. */
  readonly timeoutMs?: number;
}

const defaultHistoryDays = 30;
const defaultZone = "Europe/Paris";
/** Each takes a call: about 3 s on a quick box, some minutes on a slow one. */
const pointsPerStep = 500;

/**
 * Feeds a box: an equipment for each usage point and one for Tempo and EcoWatt, made where they are missing.
 * @throws ExportFailure for an address that is none.
 */
export function createJeedomExporter(settings: JeedomExporterSettings): Exporter {
  const { unit, historyDays = defaultHistoryDays, clock, log, language = "fr" } = settings;
  const zone = settings.timeZone ?? defaultZone;
  const jeedom = opened({ ...settings, timeZone: zone });
  const equipment = new Equipment(jeedom, { log, language });

  /** Once more where the user has deleted what was known: it is made again. */
  async function withCommands<T>(
    series: ExportSeries,
    signal: AbortSignal,
    use: (commands: SeriesCommands) => Promise<T>,
  ): Promise<T> {
    const attempt = async (): Promise<T> => use(await equipment.commandsOf(placeOf(series, unit), signal));
    try {
      return await attempt().catch((error: unknown) => {
        if (!(error instanceof JeedomFailure) || error.reason !== "gone") throw error;
        equipment.forget();
        return attempt();
      });
    } catch (error) {
      throw exportFailureOf(error);
    }
  }

  /** A point the box holds already is not sent again, and one of the same second replaces it. */
  const write = ({ series, days }: ExportBatch, signal: AbortSignal): Promise<void> =>
    withCommands(series, signal, ({ history }) => jeedom.writeHistory(history, pointsOf(series, days, unit), signal));

  const show = async (command: CommandRef, value: number | string, signal: AbortSignal): Promise<void> => {
    const held = await jeedom.readCurrent(command, signal);
    if (!isHeld(held.value, value)) await jeedom.writeCurrent(command, value, signal);
  };

  const showNewest = ({ series, point, next }: NewestPoint, signal: AbortSignal): Promise<void> =>
    withCommands(series, signal, async (commands) => {
      const now = clock.now();
      const value = currentOf(series, point, now, unit);
      if (value !== null) await show(commands.current, value, signal);
      if (commands.next) await show(commands.next, tomorrowOf(series, next, now, unit), signal);
    });

  return {
    target: `${jeedom.url} ${unit} ${zone}`,
    pointsPerStep,
    takes: () => true,
    oldest: (series, today) => oldestDay(series, today, historyDays),
    latest: latestDay,
    test: (signal) => findingsOf(jeedom, signal),
    async open() {
      // The box itself is looked at when the first series has something for it: an idle run asks nothing.
      equipment.forget();
    },
    add: write,
    correct: (batch, _whole, signal) => write(batch, signal),
    holds: (series, day, signal) =>
      withCommands(series, signal, ({ history }) =>
        jeedom.holdsHistory(history, pointsOf(series, [day], unit), signal),
      ),
    conclude: showNewest,
  };
}

function opened(settings: Parameters<typeof createJeedom>[0]): Jeedom {
  try {
    return createJeedom(settings);
  } catch (error) {
    throw exportFailureOf(error);
  }
}
