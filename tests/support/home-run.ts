import { createGatewaySource } from "../../src/adapters/gateway/source.ts";
import { messagesFor } from "../../src/adapters/mqtt/messages.ts";
import type { MessageSettings } from "../../src/adapters/mqtt/settings.ts";
import { createAudit } from "../../src/adapters/postgres/audit.ts";
import { createStore } from "../../src/adapters/postgres/store.ts";
import { utcDayAt } from "../../src/domain/calendar.ts";
import { type Instant, instant, usagePointId } from "../../src/domain/units.ts";
import { SteppedClock } from "../../src/shared/clock.ts";
import { silentLog } from "../../src/shared/log.ts";
import { createGateway, type Gateway, type GatewayOptions } from "../../src/simulator/gateway.ts";
import { nextPriceChange } from "../../src/sync/observe/tariff.ts";
import { type PassResult, runPass, type SyncDeps } from "../../src/sync/pass.ts";
import { rhythmOf } from "../../src/sync/plan/rhythm.ts";
import { nextWake } from "../../src/sync/service.ts";
import type { Snapshot } from "../../src/sync/snapshot.ts";
import type { Store } from "../../src/sync/store.ts";
import type { TestDatabase } from "./test-database.ts";

export const account = { clientId: "cli_test", clientSecret: "secret-of-the-test" };
export const housePoint = usagePointId("12345678901234");
const signal = new AbortController().signal;

const messageSettings: MessageSettings = {
  language: "fr",
  topicPrefix: "myelectricaldata",
  discovery: { enabled: true, prefix: "homeassistant" },
  qos: 1,
  exportData: [
    "consumption_daily",
    "consumption_monthly",
    "consumption_detail",
    "production_daily",
    "tempo",
    "ecowatt",
  ],
  stateClass: "auto",
  statisticsInUse: false,
  supportUrl: null,
  configurationUrl: null,
};

export interface HomeOptions {
  readonly start: string;
  readonly points: GatewayOptions["accounts"][number]["usagePoints"];
  readonly gateway?: Partial<GatewayOptions>;
  readonly clientSecret?: string;
  readonly timeoutMs?: { readonly batch: number; readonly single: number };
  /** Another instance: it shares this one's clock and gateway, and its database where it is given the same. */
  readonly beside?: HomeRun;
  /** Names this instance among those that share a database. */
  readonly holder?: string;
  readonly log?: SyncDeps["log"];
  readonly plans?: SyncDeps["plans"];
}

/** The real use cases, store and gateway client, against the simulated gateway, in simulated time and without sockets. */
export class HomeRun {
  readonly clock: SteppedClock;
  readonly gateway: Gateway;
  readonly store: Store;
  readonly deps: SyncDeps;
  readonly audit: ReturnType<typeof createAudit>;
  readonly snapshots: Snapshot[] = [];
  readonly database: TestDatabase;
  #last: PassResult | null = null;

  constructor(database: TestDatabase, options: HomeOptions) {
    this.database = database;
    this.clock = options.beside?.clock ?? new SteppedClock(instant(Date.parse(options.start)));
    this.gateway =
      options.beside?.gateway ??
      createGateway({
        clock: this.clock,
        accounts: [{ ...account, usagePoints: options.points }],
        ...options.gateway,
      });
    this.store = createStore(database.sql);
    this.audit = createAudit(database.sql);
    this.deps = this.#buildDeps(options);
  }

  #buildDeps(options: HomeOptions): SyncDeps {
    const { store, clock } = this;
    return {
      source: createGatewaySource({
        baseUrl: "http://gateway.test",
        clientId: account.clientId,
        clientSecret: options.clientSecret ?? account.clientSecret,
        version: "0.0.0",
        fetch: this.gateway.fetch,
        log: silentLog(),
        ...(options.timeoutMs ? { timeoutMs: options.timeoutMs } : {}),
        spend: async (bucket) => {
          const utcDay = utcDayAt(clock.now());
          const known = await store.loadBudget(account.clientId, utcDay, bucket);
          const allowed = known?.allowed ?? (bucket === "no_cache" ? 50 : 1000);
          return store.takeBudget({ account: account.clientId, utcDay, bucket, allowed });
        },
        clock,
      }),
      store,
      account: account.clientId,
      credentials: options.clientSecret ?? account.clientSecret,
      rhythm: rhythmOf("6f2c0f0e-0000-4000-8000-000000000001"),
      log: options.log ?? silentLog(),
      clock,
      sinks: [{ name: "memory", publish: async (snapshot) => void this.snapshots.push(snapshot) }],
      waitForSinks: true,
      language: "fr",
      version: "0.0.0",
      plans: options.plans ?? [],
      holder: options.holder ?? "00000000-0000-4000-8000-000000000001",
      only: [],
      pauseMs: 250,
    };
  }

  /** One pass. */
  async pass(requestedAt: Instant | null = null): Promise<PassResult> {
    this.#last = await runPass(this.deps, signal, requestedAt);
    return this.#last;
  }

  /** Passes and sleeps as the service does, until `end`; without the turns of the hour, which call nothing, when `callsOnly`. */
  async until(
    end: string,
    { afterPass, callsOnly = false }: { afterPass?: (result: PassResult) => void; callsOnly?: boolean } = {},
  ): Promise<Snapshot> {
    const last = Date.parse(end);
    for (;;) {
      const result = await this.pass();
      afterPass?.(result);
      const wake =
        (callsOnly ? result.nextAt : null) ??
        nextWake(this.clock.now(), result.nextAt, nextPriceChange(result.snapshot));
      if (wake >= last) break;
      this.clock.set(instant(Math.max(wake, this.clock.now())));
    }
    this.clock.set(instant(last));
    return (await this.pass()).snapshot;
  }

  get snapshot(): Snapshot {
    const latest = this.snapshots.at(-1);
    if (!latest) throw new Error("No pass has run");
    return latest;
  }

  /** What would be on the broker: topic to payload. */
  messages(): ReadonlyMap<string, string> {
    return messagesFor(this.snapshot, messageSettings).states;
  }

  /** Changes with every row inserted, updated or deleted in any table: built from each row version's place and writer. */
  async fingerprint(): Promise<string> {
    const { sql } = this.database;
    const tables = await sql<{ name: string }[]>`
      select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`;
    const parts: string[] = [];
    for (const { name } of tables) {
      const [row] = await sql<{ rows: number; sum: string }[]>`
        select count(*)::integer as rows, coalesce(sum(hashtext(ctid::text || xmin::text)), 0)::text as sum from ${sql(name)}`;
      parts.push(`${name} ${row?.rows} ${row?.sum}`);
    }
    return parts.join("\n");
  }

  /** Names of checks of the store that find something wrong. */
  async faults(): Promise<string[]> {
    const found: Record<string, readonly unknown[]> = {
      overlaps: await this.audit.findOverlaps(),
      unaligned: await this.audit.findUnalignedSlots(),
      contradicted: await this.audit.findContradictedDays(),
      stale: await this.audit.findStaleDays(),
      forgotten: await this.audit.findForgottenDays(),
      future: await this.audit.findFutureInquiries(this.clock.now()),
      overspent: await this.audit.findOverspentBudgets(),
    };
    return Object.entries(found).flatMap(([name, rows]) =>
      rows.length > 0 ? [`${name}: ${JSON.stringify(rows[0])}`] : [],
    );
  }
}
