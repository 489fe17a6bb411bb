import type { Sql } from "../../src/adapters/postgres/connection.ts";

/** From now on every row inserted, updated or deleted in any table leaves a line: `insert slot`. */
export async function watchWrites(sql: Sql): Promise<() => Promise<readonly string[]>> {
  await sql.unsafe(`
    create table write_log (line text);
    create function log_write() returns trigger language plpgsql as $$
    begin
      insert into write_log values (lower(tg_op) || ' ' || tg_table_name);
      return null;
    end $$;
    do $$
    declare name text;
    begin
      for name in
        select tablename from pg_tables where schemaname = current_schema() and tablename <> 'write_log'
      loop
        execute format(
          'create trigger log after insert or update or delete on %I for each row execute function log_write()', name);
      end loop;
    end $$`);
  return async () => (await sql<{ line: string }[]>`delete from write_log returning line`).map(({ line }) => line);
}
