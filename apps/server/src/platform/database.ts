import postgres from "postgres";
import type { UserId, WorkspaceId } from "@headcount/contract/kit/ids";

/** A connection or a transaction: `` sql`select …` `` with values as parameters. */
export type Sql = postgres.Sql | postgres.TransactionSql;
export type Transaction = postgres.TransactionSql;

/** Column names are snake_case in SQL and camelCase in rows; JSON values are left alone. */
const camelColumns = { column: { from: postgres.toCamel, to: postgres.fromCamel } } as const;

/**
 * Months are dates and usage has instants: a month must begin at the same one wherever the database
 * stands.
 */
const inUtc = { TimeZone: "UTC" } as const;

/** int8 arrives as string (postgres.js), numeric too: callers turn both into BigInt, never into float. */
export type Database = {
  /** Pool of the application role: row-level security applies to every statement. */
  readonly pool: postgres.Sql;
  readonly listenUrl: string;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  readonly url: string;
  readonly listenUrl?: string;
  readonly maxConnections: number;
};

/** Every session runs as `headcount_app`, which owns nothing and cannot bypass row-level security. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = postgres(options.url, {
    max: options.maxConnections,
    idle_timeout: 60,
    connect_timeout: 5,
    transform: camelColumns,
    onnotice: () => {},
    connection: { ...inUtc, role: "headcount_app", application_name: "headcount" } as Record<
      string,
      string
    >,
  });
  return {
    pool,
    listenUrl: options.listenUrl ?? options.url,
    close: () => pool.end({ timeout: 5 }),
  };
}

/** A connection with the rights of the database's owner: migrations and maintenance only. */
export function openOwnerConnection(url: string): postgres.Sql {
  return postgres(url, {
    max: 1,
    connect_timeout: 5,
    transform: camelColumns,
    onnotice: () => {},
    connection: { ...inUtc, application_name: "headcount-owner" },
  });
}

/**
 * One connection that reads sums over all workspaces for metrics and can write nothing. It gives up
 * soon rather than holding anything up.
 */
export function openMetricsConnection(url: string): postgres.Sql {
  return postgres(url, {
    max: 1,
    idle_timeout: 60,
    connect_timeout: 3,
    transform: camelColumns,
    onnotice: () => {},
    connection: {
      ...inUtc,
      application_name: "headcount-metrics",
      default_transaction_read_only: true,
      statement_timeout: 3_000,
    },
  });
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Binds the transaction to one tenant. `SET LOCAL` and not `set_config()`: a distributed database
 * forwards only the former to its workers. The value is a checked literal because SET takes no
 * parameters.
 */
export async function setWorkspace(tx: Transaction, workspaceId: WorkspaceId): Promise<void> {
  await tx.unsafe(`set local headcount.workspace_id = '${checkedUuid(workspaceId)}'`);
}

/** Lets the transaction see this person's own memberships across workspaces. */
export async function setUser(tx: Transaction, userId: UserId): Promise<void> {
  await tx.unsafe(`set local headcount.user_id = '${checkedUuid(userId)}'`);
}

function checkedUuid(value: string): string {
  if (!uuidPattern.test(value)) throw new Error("not a UUID");
  return value;
}

const retryable = new Set(["40001", "40P01"]);

/** Serialisation failures and deadlocks are the only errors worth running a transaction again for. */
export function isRetryableDatabaseError(error: unknown): boolean {
  return error instanceof postgres.PostgresError && retryable.has(error.code);
}

/**
 * Values that PostgreSQL refuses as data (class 22): numbers out of range, NUL bytes, dates that do
 * not exist. See "PostgreSQL Error Codes" in its manual.
 */
export function isUnstorableValue(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code.startsWith("22");
}

/** Name of the violated constraint or unique index, or null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  if (!(error instanceof postgres.PostgresError)) return null;
  if (error.code !== "23505" && error.code !== "23514" && error.code !== "23503") return null;
  return error.constraint_name ?? null;
}
