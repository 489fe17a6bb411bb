import type { Instant } from "../../src/domain/units.ts";
import type { ExportConfigRow, ExportLog, ExportMemory, SentMonth, SentPlace } from "../../src/sync/exports/memory.ts";
import type { Month } from "../../src/sync/exports/series.ts";

const hourMs = 3_600_000;
const keyOf = ({ destination, target, series }: SentPlace): string => JSON.stringify([destination, target, series]);

interface Sent {
  readonly months: Map<Month, SentMonth>;
  correctedAt: Instant | null;
}

/** What the exports remember, without a database; `configs` is what tests may look at. */
export class MemoryOfExports implements ExportMemory {
  readonly configs = new Map<string, ExportConfigRow & { readonly updatedAt: Instant }>();
  readonly #sent = new Map<string, Sent>();
  readonly #claims = new Map<string, { readonly holder: string; readonly until: Instant }>();
  #logs: ExportLog[] = [];
  #lastId = 0;

  async loadSent(place: SentPlace) {
    const sent = this.#sent.get(keyOf(place));
    return { months: new Map(sent?.months), correctedAt: sent?.correctedAt ?? null };
  }

  async saveSent(place: SentPlace, months: ReadonlyMap<Month, SentMonth>, correctedAt: Instant | null): Promise<void> {
    const sent = this.#sent.get(keyOf(place)) ?? { months: new Map(), correctedAt: null };
    this.#sent.set(keyOf(place), sent);
    for (const [month, { mark, days }] of months) sent.months.set(month, { mark, days: { ...days } });
    sent.correctedAt = correctedAt ?? sent.correctedAt;
  }

  async forgetSent(place: SentPlace): Promise<void> {
    this.#sent.delete(keyOf(place));
  }

  async claimExport({ destination, holder, now, until }: Parameters<ExportMemory["claimExport"]>[0]): Promise<boolean> {
    const held = this.#claims.get(destination);
    if (held && held.holder !== holder && held.until > now && held.until <= until + hourMs) return false;
    this.#claims.set(destination, { holder, until });
    return true;
  }

  async releaseExport(destination: string, holder: string): Promise<void> {
    if (this.#claims.get(destination)?.holder === holder) this.#claims.delete(destination);
  }

  async beginExport(destination: string, at: Instant): Promise<number> {
    const id = ++this.#lastId;
    const log = {
      id,
      destination,
      status: "running",
      records: 0,
      error: null,
      startedAt: at,
      completedAt: null,
    } as const;
    this.#logs.push(log);
    return id;
  }

  async endExport(id: number, { at, ...end }: Parameters<ExportMemory["endExport"]>[1]): Promise<void> {
    this.#logs = this.#logs.map((log) => (log.id === id ? { ...log, ...end, completedAt: at } : log));
  }

  async loadExportLogs({ destination, beforeId, limit }: Parameters<ExportMemory["loadExportLogs"]>[0]) {
    return this.#logs
      .filter((log) => (destination === null || log.destination === destination) && log.id < (beforeId ?? Infinity))
      .reverse()
      .slice(0, limit);
  }

  async forgetExportLogs(before: Instant): Promise<void> {
    this.#logs = this.#logs.filter(({ startedAt }) => startedAt >= before);
  }

  async saveExportConfigs(configs: readonly ExportConfigRow[], at: Instant): Promise<void> {
    for (const config of configs) {
      const { updatedAt, ...former } = this.configs.get(config.destination) ?? { updatedAt: at };
      if (JSON.stringify(former) !== JSON.stringify(config))
        this.configs.set(config.destination, { ...config, updatedAt: at });
    }
  }
}
