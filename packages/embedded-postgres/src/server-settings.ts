/** `safe` survives a power cut; `tests` trades that for speed and is only for data nobody will miss. */
export type Durability = "safe" | "tests";

/**
 * Settings for a server that shares a small machine with the rest of the platform and is idle most of the time.
 * They stand on the command line, so that a new version of Headcount brings its own to an old cluster.
 */
export function serverArguments(durability: Durability): string[] {
  const settings = { ...small, ...(durability === "tests" ? careless : {}) };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

const small = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "60",
  shared_buffers: "48MB",
  work_mem: "4MB",
  maintenance_work_mem: "32MB",
  effective_cache_size: "512MB",
  jit: "off",
  huge_pages: "off",
  // Reads in the backend itself: the default keeps three more processes alive for asynchronous reads.
  io_method: "sync",
  max_worker_processes: "4",
  max_parallel_workers_per_gather: "0",
  autovacuum_max_workers: "2",
  // Tables fill fast after an installation, and the partition of a month on its first day: for the
  // default minute everything would be read by plans that expect a row.
  autovacuum_naptime: "10s",
  // No replicas hang on an embedded server, so it needs neither their senders nor their log records.
  wal_level: "minimal",
  max_wal_senders: "0",
  max_replication_slots: "0",
  max_logical_replication_workers: "0",
  max_wal_size: "256MB",
  min_wal_size: "32MB",
  log_timezone: "UTC",
  timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_checkpoints: "off",
} as const;

const careless = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  // A pair of test workers with a pool per test application needs more than one idle platform.
  max_connections: "200",
} as const;
