import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Sql } from "../../src/adapters/postgres/connection.ts";
import { instant } from "../../src/domain/units.ts";

/** 2026-11-21 12:34:56.789 UTC. */
export const testAt = instant(Date.UTC(2026, 10, 21, 12, 34, 56, 789));

export async function temporaryDirectory(t: Pick<TestContext, "after">): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "linky-dump-"));
  // The database's user may have to pass through it.
  await chmod(directory, 0o711);
  t.after(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

/** Rows of many kinds in a migrated store: 20 days of one meter, and values that a careless copy would change. */
export async function fill(sql: Sql): Promise<void> {
  await sql.unsafe(`
    insert into usage_point (id, account, name, is_active, has_consumption, has_production, first_seen_at)
      values ('12345678901234', 'account', E'Chalet\\tà l''orée\\n\\\\. \\\\N "é" 😀', true, true, false, '2026-01-01T00:00:00.123456Z');
    insert into contract (usage_point_id, raw) values ('12345678901234', '{"tab": "a\\tb", "nul": null, "n": 1.50}');
    insert into slot (usage_point_id, flow, starts_at, minutes, power_w)
      select '12345678901234', 'consumption', at, 30, 1500
      from generate_series('2026-01-01'::timestamptz, '2026-01-20 23:30', '30 minutes') as at;
    insert into day (usage_point_id, flow, date, readings_at)
      select '12345678901234', 'consumption', d, now() from generate_series('2026-01-01'::date, '2026-01-20', '1 day') as d;
    insert into tempo_day (date, color, first_seen_at) values ('2026-01-01', 'BLEU', now());
    update tempo_day set color = 'BLANC';
    insert into former_reading (kind, former) values ('slot', '{}'), ('slot', '{}');
    delete from former_reading where id = 3;
    insert into ecowatt_day (date, level, message, generated_at) values ('2026-01-01', 1, '', now());
    insert into ecowatt_hour (date, hour, level, decarbonised) values ('2026-01-01', 0, 1, true);
    insert into adoption (usage_point_id, flow, tool, mode, at, statistic_ids)
      values ('12345678901234', 'consumption', 'tool', 'copy', now(), '[ "a",  "b" ]');
    insert into adoption_saved_series (adoption_id, position, statistic_id) values (1, 0, '');
    insert into adoption_saved_rows (adoption_id, position, part, starts_at, state, sum, mean, min, max, last_reset)
      values (1, 0, 0, array[now()], array[0.1::float8 + 0.2], array['NaN'::float8], array[null::float8], '{1e-300}', '{-0}', array[null::timestamptz]);
    insert into export_configs (destination, export_data, updated_at) values ('x', array['a,b', 'null', ''], now());`);
}

/** Every row of every table as text, in order. */
export async function allRows(sql: Sql): Promise<Record<string, readonly string[]>> {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'pgmigrations' order by 1`;
  const found: Record<string, readonly string[]> = {};
  for (const { name } of tables) {
    const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} as t order by 1`;
    found[name] = rows.map(({ row }) => row);
  }
  return found;
}
