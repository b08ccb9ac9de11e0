import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";

import { findPostmasterFile } from "./postmaster-file.ts";
import { isProcessAlive } from "./process-alive.ts";
import { startEmbeddedPostgres } from "./start-embedded-postgres.ts";
import { runFixture } from "./testing/run-fixture.ts";
import { temporaryDirectory } from "./testing/temporary-directory.ts";

const durability = "tests";

test("makes a cluster with checksums and a builtin locale, on loopback only, behind a password", async () => {
  await using directory = await temporaryDirectory();
  await using server = await startEmbeddedPostgres({ dataDirectory: directory.path });

  const row = await ask(
    server.url,
    `select current_setting('data_checksums') as checksums, current_setting('listen_addresses') as addresses,
       current_setting('fsync') as fsync,
       (select datlocprovider::text || ':' || datlocale from pg_database where datname = 'postgres') as locale`,
  );

  expect(row).toEqual({
    checksums: "on",
    addresses: "127.0.0.1",
    fsync: "on",
    locale: "b:C.UTF-8",
  });
  expect(statSync(path.join(directory.path, "postgres", "password")).mode & 0o777).toBe(0o600);
  const withoutPassword = new URL(server.url);
  withoutPassword.password = "wrong";
  await expect(ask(withoutPassword.href, "select 1")).rejects.toThrow(/password authentication/);
});

test("finds its data again after a stop, which leaves no process behind", async () => {
  await using directory = await temporaryDirectory();
  const first = await startEmbeddedPostgres({ dataDirectory: directory.path, durability });
  await ask(first.url, "create table kept as select 42 as answer");
  const pid = postmasterPid(directory.path);
  await first.stop();
  expect(isProcessAlive(pid)).toBe(false);
  expect(findPostmasterFile(clusterOf(directory.path))).toBeNull();

  await using second = await startEmbeddedPostgres({ dataDirectory: directory.path, durability });

  expect(second.adopted).toBe(false);
  expect(await ask(second.url, "select answer from kept")).toEqual({ answer: 42 });
});

test("takes over the server of a parent that was killed, and stops it", async () => {
  await using directory = await temporaryDirectory();
  const parent = await runFixture("hold-server", directory.path);
  const { url } = JSON.parse(parent.firstLine);
  await ask(url, "create table kept as select 42 as answer");
  await parent.killHard();
  const pid = postmasterPid(directory.path);

  const server = await startEmbeddedPostgres({ dataDirectory: directory.path, durability });

  expect(server.adopted).toBe(true);
  expect(await ask(server.url, "select answer from kept")).toEqual({ answer: 42 });
  await server.stop();
  expect(isProcessAlive(pid)).toBe(false);
});

test("keeps committed data when the parent and the server are both killed", async () => {
  await using directory = await temporaryDirectory();
  const parent = await runFixture("hold-server", directory.path);
  const { url } = JSON.parse(parent.firstLine);
  await ask(url, "create table kept as select 42 as answer");
  await parent.killHard();
  process.kill(postmasterPid(directory.path), "SIGKILL");

  await using server = await startEmbeddedPostgres({ dataDirectory: directory.path, durability });

  expect(server.adopted).toBe(false);
  expect(await ask(server.url, "select answer from kept")).toEqual({ answer: 42 });
});

test("is not misled by a process id file that names some other process", async () => {
  await using directory = await temporaryDirectory();
  const first = await startEmbeddedPostgres({ dataDirectory: directory.path, durability });
  await first.stop();
  const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"]);
  onTestFinished(() => void stranger.kill("SIGKILL"));
  await once(stranger, "spawn");
  writeFileSync(
    path.join(clusterOf(directory.path), "postmaster.pid"),
    `${stranger.pid}\n${clusterOf(directory.path)}\n1\n${first.port}\n\n127.0.0.1\n\nready   \n`,
  );

  await using server = await startEmbeddedPostgres({ dataDirectory: directory.path, durability });

  expect(server.adopted).toBe(false);
  expect(stranger.exitCode).toBeNull();
});

test("refuses a second start and names the process that holds the directory", async () => {
  await using directory = await temporaryDirectory();
  await using parent = await runFixture("hold-server", directory.path);
  onTestFinished(() => stopLeftover(directory.path));

  const attempt = startEmbeddedPostgres({ dataDirectory: directory.path, durability });

  await expect(attempt).rejects.toMatchObject({ name: "DirectoryLockedError", pid: parent.pid });
  await parent.killHard();
  await using server = await startEmbeddedPostgres({ dataDirectory: directory.path, durability });
  expect(server.adopted).toBe(true);
});

test("makes a cluster anew when making it was interrupted", async () => {
  await using directory = await temporaryDirectory();
  const draft = path.join(directory.path, "postgres", "cluster.draft-0123");
  mkdirSync(draft, { recursive: true });
  writeFileSync(path.join(draft, "PG_VERSION"), "18\n");

  await using server = await startEmbeddedPostgres({ dataDirectory: directory.path, durability });

  expect(await ask(server.url, "select 1 as answer")).toEqual({ answer: 1 });
  expect(existsSync(draft)).toBe(false);
});

test("makes a new password when the file is lost", async () => {
  await using directory = await temporaryDirectory();
  const first = await startEmbeddedPostgres({ dataDirectory: directory.path, durability });
  await first.stop();
  rmSync(path.join(directory.path, "postgres", "password"));

  await using server = await startEmbeddedPostgres({ dataDirectory: directory.path, durability });

  expect(server.url).not.toBe(first.url);
  expect(await ask(server.url, "select 1 as answer")).toEqual({ answer: 1 });
});

test("works below a long path", async () => {
  await using directory = await temporaryDirectory();
  const dataDirectory = path.join(directory.path, "a".repeat(120), "b".repeat(120));

  await using server = await startEmbeddedPostgres({ dataDirectory, durability });

  expect(await ask(server.url, "select 1 as answer")).toEqual({ answer: 1 });
});

test("says what to do when the directory cannot be written to", async () => {
  await using directory = await temporaryDirectory();
  const locked = path.join(directory.path, "locked");
  mkdirSync(locked);
  chmodSync(locked, 0o555);

  const output = startWithoutRootsRights(locked);

  expect(output).toContain("data_directory_not_writable");
  expect(output).toContain("--data-dir");
});

/** Root may write anywhere, so from root the attempt is made where its rights do not count. */
function startWithoutRootsRights(dataDirectory: string): string {
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(path.join(import.meta.dirname, "start-embedded-postgres.ts"))};
    try { await startEmbeddedPostgres({ dataDirectory: process.argv[1] }); console.log("started"); }
    catch (error) { console.log(error.failure, error.message, error.nextStep); }`;
  const command = [process.execPath, "--input-type=module", "-e", code, dataDirectory];
  const prefix =
    process.getuid?.() === 0 ? ["unshare", "--user", "--map-user=1000", "--map-group=1000"] : [];
  const [file = process.execPath, ...rest] = [...prefix, ...command];
  return spawnSync(file, rest, { encoding: "utf8" }).stdout;
}

async function ask(url: string, query: string): Promise<unknown> {
  const sql = postgres(url, { max: 1 });
  try {
    const rows = await sql.unsafe(query);
    return rows[0];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function clusterOf(dataDirectory: string): string {
  return path.join(dataDirectory, "postgres", "cluster");
}

function postmasterPid(dataDirectory: string): number {
  return Number(
    readFileSync(path.join(clusterOf(dataDirectory), "postmaster.pid"), "utf8").split("\n")[0],
  );
}

function stopLeftover(dataDirectory: string): void {
  const file = findPostmasterFile(clusterOf(dataDirectory));
  if (file && isProcessAlive(file.pid)) process.kill(file.pid, "SIGQUIT");
}
