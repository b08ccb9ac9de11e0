import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type postgres from "postgres";
import { openOwnerConnection } from "./database.ts";

const migrationsDirectory = fileURLToPath(new URL("../../migrations/", import.meta.url));

export type Migration = {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
  readonly breaking: boolean;
};

/** Any number works, as long as nobody else uses it in this database. */
const migrationLockKey = 7_230_015;

export class MigrationError extends Error {
  override name = "MigrationError";
}

/** Numbered forward-only files; each starts with `-- Why:` and `-- breaking: yes|no`. */
export async function readMigrations(directory = migrationsDirectory): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".sql")).sort();
  const prefixes = names.map((name) => name.slice(0, 4));
  if (new Set(prefixes).size !== prefixes.length) {
    throw new MigrationError(`Two migrations share a number: ${names.join(", ")}`);
  }
  return Promise.all(names.map((name) => readMigration(directory, name)));
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  const sql = await readFile(`${directory}${name}`, "utf8");
  const header = /^-- Why: .+\n-- breaking: (yes|no)\n/.exec(sql);
  if (!header) throw new MigrationError(`${name} does not start with its two header lines`);
  return {
    name,
    sql,
    checksum: createHash("sha256").update(sql).digest("hex"),
    breaking: header[1] === "yes",
  };
}

/**
 * Brings the schema up to date: one migrator at a time (advisory lock), one transaction per file.
 * Refuses a file that was changed after it ran, and a database that a newer server has changed in
 * a way this one cannot read.
 * @returns the names of the files that ran
 */
export async function migrate(url: string, migrations?: readonly Migration[]): Promise<string[]> {
  const files = migrations ?? (await readMigrations());
  const sql = openOwnerConnection(url);
  try {
    const connection = await sql.reserve();
    try {
      await connection`select pg_advisory_lock(${migrationLockKey})`;
      return await applyPending(connection, files);
    } finally {
      await connection`select pg_advisory_unlock(${migrationLockKey})`;
      connection.release();
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}

type AppliedMigration = { name: string; checksum: string; breaking: boolean };

async function applyPending(
  connection: postgres.ReservedSql,
  files: readonly Migration[],
): Promise<string[]> {
  await connection`
    create table if not exists schema_migrations (
      name text primary key,
      checksum text not null,
      breaking boolean not null,
      applied_at timestamptz not null default now()
    )`;
  const applied = await connection<
    AppliedMigration[]
  >`select name, checksum, breaking from schema_migrations`;
  refuseUnknownHistory(applied, files);
  const done = new Set(applied.map((row) => row.name));
  const pending = files.filter((file) => !done.has(file.name));
  for (const file of pending) await applyOne(connection, file);
  return pending.map((file) => file.name);
}

function refuseUnknownHistory(
  applied: readonly AppliedMigration[],
  files: readonly Migration[],
): void {
  const known = new Map(files.map((file) => [file.name, file]));
  for (const row of applied) {
    const file = known.get(row.name);
    if (!file && row.breaking) {
      throw new MigrationError(
        `The database was changed by a newer Headcount (${row.name}). Start that version, or restore a backup.`,
      );
    }
    if (file && file.checksum !== row.checksum) {
      throw new MigrationError(`${row.name} was edited after it ran. Add a new migration instead.`);
    }
  }
}

async function applyOne(connection: postgres.ReservedSql, file: Migration): Promise<void> {
  await connection`begin`;
  try {
    await connection.unsafe(file.sql);
    await connection`
      insert into schema_migrations (name, checksum, breaking)
      values (${file.name}, ${file.checksum}, ${file.breaking})`;
    await connection`commit`;
  } catch (error) {
    await connection`rollback`;
    throw new MigrationError(`Migration ${file.name} failed: ${String(error)}`, { cause: error });
  }
}
