import type { Binaries } from "./binaries.ts";

/**
 * The private cluster's settings: tuned for one small client on a small machine (six processes, about 15 MB), WAL in
 * 4 MB segments and never more than 32 MB of it. Durability stays at PostgreSQL's defaults: `fsync` and
 * `synchronous_commit` on.
 */
export function serverSettings({ major }: Binaries, extra: Readonly<Record<string, string>> = {}): readonly string[] {
  const settings: Record<string, string> = {
    listen_addresses: "",
    unix_socket_permissions: "0700",
    shared_buffers: "16MB",
    max_connections: "20",
    wal_level: "minimal",
    max_wal_senders: "0",
    autovacuum_max_workers: "1",
    max_worker_processes: "2",
    max_parallel_workers_per_gather: "0",
    min_wal_size: "32MB",
    max_wal_size: "32MB",
    jit: "off",
    // The lines go to our log, which writes its own time.
    log_line_prefix: "",
    // Since 18 the default starts three processes of its own.
    ...(major >= 18 ? { io_method: "sync" } : {}),
    ...extra,
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
