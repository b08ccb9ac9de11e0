import { readFile, readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { type TemporaryDirectory, temporaryDirectory } from "../temporary-directory.ts";
import { waitFor } from "../wait-for.ts";
import { agentCliCache } from "./agent-cli-cache.ts";
import { withInstallLock } from "./install-lock.ts";
import { type InstallResult, type InstalledCli, installRealCli } from "./install-real-cli.ts";
import { type Published, loopbackRegistry } from "./loopback-registry.fixture.ts";
import { compareVersions } from "./newest-versions.ts";
import type { RealCli } from "./real-cli.ts";
import { runProgram } from "./run-program.ts";

const TIMEOUT_MS = 60_000;
const WANTED: RealCli = {
  packageName: "made-up-cli",
  version: "1.0.0",
  command: "made-up",
  executable: "script",
};

afterEach(() => vi.unstubAllEnvs());

async function withRegistry(publications: readonly Published[], cache: TemporaryDirectory) {
  const registry = await loopbackRegistry(publications);
  vi.stubEnv("npm_config_registry", registry.url);
  vi.stubEnv("npm_config_noproxy", "127.0.0.1");
  // The user's own npm cache might answer for the registry.
  vi.stubEnv("npm_config_cache", join(cache.path, ".npm"));
  return registry;
}

function install(cache: TemporaryDirectory, cli: RealCli = WANTED): Promise<InstallResult> {
  return installRealCli("pi", { cache: cache.path, cli });
}

function expectInstalled(result: InstallResult): InstalledCli {
  if ("unavailable" in result) throw new Error(result.unavailable);
  return result;
}

test(
  "installs once for all who ask at the same time, and keeps it",
  { timeout: TIMEOUT_MS },
  async () => {
    await using cache = await temporaryDirectory();
    await using registry = await withRegistry([{ version: "1.0.0" }, { version: "2.0.0" }], cache);
    const [first, second] = await Promise.all([install(cache), install(cache)]);
    expect(second).toEqual(first);
    const { executable, version, nodePath } = expectInstalled(first);
    expect(version).toBe("1.0.0");
    const env = { PATH: nodePath };
    const run = await runProgram(executable, [], { cwd: cache.path, env, timeoutMs: TIMEOUT_MS });
    expect(run.stdout).toBe("1.0.0\n");
    const downloads = (): number => registry.asked.filter((path) => path.endsWith(".tgz")).length;
    expect(downloads()).toBe(1);
    expect(await install(cache)).toEqual(first);
    expect(downloads()).toBe(1);
    const left = (await readdir(cache.path)).filter((entry) => entry !== ".npm");
    expect(left).toEqual(["pi@1.0.0"]);
  },
);

test(
  "takes the newest version that installs when the recorded one does not",
  { timeout: TIMEOUT_MS },
  async () => {
    await using cache = await temporaryDirectory();
    await using _registry = await withRegistry(
      [
        { version: "1.0.0", broken: true },
        { version: "1.9.0" },
        { version: "1.10.0" },
        { version: "2.0.0-beta.1" },
        { version: "1.11.0", command: "process.exit(1)" },
      ],
      cache,
    );
    expect(expectInstalled(await install(cache)).version).toBe("1.10.0");
  },
);

test("runs the install script that a CLI needs", { timeout: TIMEOUT_MS }, async () => {
  const installScript = `
    const fs = require("fs");
    fs.writeFileSync("cli.cjs", fs.readFileSync("cli.cjs", "utf8").replace("exit(1)", "exit(0)"));`;
  await using cache = await temporaryDirectory();
  await using _registry = await withRegistry(
    [{ version: "1.0.0", command: "process.exit(1)", installScript }],
    cache,
  );
  const result = await install(cache, {
    ...WANTED,
    installScript: "install.cjs",
    executable: "native",
  });
  expect(expectInstalled(result)).not.toHaveProperty("nodePath");
});

test("says in one line why a package cannot be had", { timeout: TIMEOUT_MS }, async () => {
  await using cache = await temporaryDirectory();
  await using _registry = await withRegistry([], cache);
  const result = await install(cache, { ...WANTED, packageName: "nobody-has-this" });
  expect(result).toEqual({
    unavailable: expect.stringMatching(
      /^nobody-has-this@1\.0\.0 cannot be installed: .*404[^\n]*$/,
    ),
  });
});

test("a lock is held by one at a time, and set free after an error", async () => {
  await using directory = await temporaryDirectory();
  const lock = join(directory.path, "lock");
  let inside = 0;
  const most: number[] = [];
  const work = async (): Promise<void> => {
    most.push(++inside);
    await new Promise(setImmediate);
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withInstallLock(lock, work)));
  expect(most).toEqual([1, 1, 1]);
  await expect(withInstallLock(lock, () => Promise.reject(new Error("broken")))).rejects.toThrow(
    "broken",
  );
  await expect(stat(lock)).rejects.toThrow("ENOENT");
});

test("a lock whose holder is long gone is taken over", async () => {
  await using directory = await temporaryDirectory();
  const lock = join(directory.path, "lock");
  await writeFile(lock, "somebody");
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(lock, longAgo, longAgo);
  const held = await withInstallLock(lock, () =>
    waitFor(() => readFile(lock, "utf8"), { describe: "the lock's content" }),
  );
  expect(held).toContain(String(process.pid));
});

test("the cache is in the repository unless the environment names another folder", () => {
  expect(agentCliCache({})).toMatch(/\.cache[/\\]agent-clis$/);
  expect(agentCliCache({ HEADCOUNT_AGENT_CLI_CACHE: "/elsewhere" })).toBe("/elsewhere");
});

test("orders versions by their numbers", () => {
  expect(["1.10.0", "1.9.9", "2.0.0", "1.9.10"].toSorted(compareVersions)).toEqual([
    "1.9.9",
    "1.9.10",
    "1.10.0",
    "2.0.0",
  ]);
});
