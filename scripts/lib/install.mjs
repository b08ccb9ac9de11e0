// Plain JavaScript for any Node >= 16, without dependencies: it runs before there are any.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

import { isNodeAtLeast, repositoryRoot } from "./runtime.mjs";

const oldestHost = [20, 19];
const lockDirectory = path.join(repositoryRoot, ".cache", "install.lock");
const nodeModules = path.join(repositoryRoot, "node_modules");

/** Installs what the lockfile says when it is not there yet. Ends the program with a sentence when that fails. */
export function ensureInstall() {
  if (!isNodeAtLeast(process.version, oldestHost)) {
    fail(
      `Headcount needs Node.js ${oldestHost.join(".")} or newer (this is ${process.version}): install Node.js 24 LTS from https://nodejs.org and try again.`,
    );
  }
  if (isInstalled()) return;
  takeLock();
  const release = () => rmSync(lockDirectory, { recursive: true, force: true });
  process.once("exit", release);
  // Somebody else may have installed everything while this process waited for the lock.
  if (!isInstalled()) install();
  process.removeListener("exit", release);
  release();
}

/**
 * Compares the lockfile with npm's own record of what it put into node_modules. Times say nothing here: a checkout
 * or a copy changes them. An optional package may be absent, it is for another platform.
 */
function isInstalled() {
  const record = readPackages(path.join(nodeModules, ".package-lock.json"));
  if (!record) return false;
  const locked = readPackages(path.join(repositoryRoot, "package-lock.json")) ?? {};
  return Object.entries(locked).every(([location, entry]) => {
    if (!location.startsWith("node_modules/") && !location.includes("/node_modules/")) return true;
    const found = record[location];
    if (!found) return Boolean(entry.optional || entry.devOptional || entry.peer);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function install() {
  process.stderr.write("Installing Headcount's packages (once, up to a minute) …\n");
  const { command, prefix } = npm();
  const result = spawnSync(
    command,
    [...prefix, "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"],
    {
      cwd: repositoryRoot,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64 * 1024 * 1024,
      env: withoutOwnBinaries(process.env),
      shell: command === "npm" && process.platform === "win32",
    },
  );
  if (result.status === 0) return;
  const output = `${result.stdout ?? ""}${result.stderr ?? ""}`.trim().split("\n").slice(-15);
  fail(
    `${output.join("\n")}\nInstalling the packages failed (${result.error?.message ?? `npm ended with ${result.status ?? result.signal}`}): check the network and the disk, then try again or run \`npm ci --ignore-scripts\`.`,
  );
}

/** The npm that started this script, run by its own Node; else the one on the PATH. */
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  const usable = script && node && existsSync(script) && existsSync(node);
  // A Node from node_modules would be deleted while it runs npm.
  if (usable && /\.c?js$/.test(script) && !node.startsWith(nodeModules)) {
    return { command: node, prefix: [script] };
  }
  return { command: "npm", prefix: [] };
}

function withoutOwnBinaries(env) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const folders = (env[name] ?? "").split(path.delimiter);
  return {
    ...env,
    [name]: folders.filter((folder) => !folder.startsWith(nodeModules)).join(path.delimiter),
  };
}

/** Making a folder is atomic, so one process wins; the others wait, and take over from a holder that died. */
function takeLock() {
  mkdirSync(path.dirname(lockDirectory), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lockDirectory);
      writeFileSync(path.join(lockDirectory, "pid"), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") {
        fail(
          `The folder ${repositoryRoot} cannot be written to (${error.code}): install as a user who may.`,
        );
      }
    }
    if (isAbandoned()) rmSync(lockDirectory, { recursive: true, force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function isAbandoned() {
  try {
    const pid = Number(readFileSync(path.join(lockDirectory, "pid"), "utf8"));
    if (pid > 0) return !isAlive(pid);
    return false;
  } catch {
    // The holder has not written its id yet, or died before it did.
    const made = statSync(lockDirectory, { throwIfNoEntry: false })?.mtimeMs;
    return made !== undefined && Date.now() - made > 5_000;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
