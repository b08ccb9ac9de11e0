import { hostname } from "node:os";
import path from "node:path";
import { z } from "zod";
import { readFileIfThere } from "./atomic-file.ts";
import { parseDurationMs } from "@headcount/domain/kit/parse-duration";
import { profilePaths } from "./profile-paths.ts";

/** What a person can set for one CLI on this machine. */
export const CliSettings = z.object({
  /** Absolute path of the program; found by looking it up when absent. */
  path: z.string().optional(),
  model: z.string().optional(),
  arguments: z.array(z.string()).default([]),
  enabled: z.boolean().default(true),
});
export type CliSettings = z.infer<typeof CliSettings>;

/** `config.json` of a profile. Fields of the command line live in the same file and are passed over. */
const ConfigFile = z.object({
  serverUrl: z.url().optional(),
  daemon: z
    .object({
      deviceName: z.string().min(1).max(100).optional(),
      workRoot: z.string().optional(),
      slots: z.int().min(1).max(200).optional(),
      clis: z.record(z.string(), CliSettings).default({}),
    })
    .default({ clis: {} }),
});

/** Everything that decides how a daemon behaves; complete, so that nothing else reads the environment. */
export type DaemonConfig = {
  readonly serverUrl: string;
  readonly stateDirectory: string;
  readonly profile: string;
  readonly deviceName: string;
  readonly workRoot: string;
  /** Tasks that may run on this machine at once. */
  readonly slots: number;
  readonly pollIntervalMs: number;
  /** Time between two signs of life; the server expects one at least every 45 seconds. */
  readonly heartbeatIntervalMs: number;
  /** Time between two looks at what a run has changed. */
  readonly changesIntervalMs: number;
  /** Limits of runs; null is no limit. `undefined` leaves the choice to the row of the CLI. */
  readonly idleMs: number | null | undefined;
  readonly idleInToolMs: number | null;
  readonly handshakeMs: number | null | undefined;
  readonly progressMs: number | null | undefined;
  readonly taskTimeoutMs: number | null;
  readonly outboxMaxBytes: number;
  /** Free bytes on the work root's disk below which nothing is claimed. */
  readonly minimumFreeBytes: number;
  readonly clis: Readonly<Record<string, CliSettings>>;
  /** File in which a one-time personal token appears for the first enrolment; removed after use. */
  readonly enrolTokenFile: string | null;
  /** Environment that agents inherit. */
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/**
 * Reads `config.json` of the profile and the `HEADCOUNT_*` variables, which win.
 *
 * @throws Error with one actionable sentence when no server is named or a value makes no sense
 */
export async function readDaemonConfig(
  stateDirectory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<DaemonConfig> {
  const paths = profilePaths(stateDirectory);
  const file = ConfigFile.parse(JSON.parse((await readFileIfThere(paths.config)) ?? "{}"));
  const serverUrl = environment["HEADCOUNT_SERVER_URL"] ?? file.serverUrl;
  if (serverUrl === undefined) {
    throw new Error("No server is configured: run `headcount setup`, or set HEADCOUNT_SERVER_URL.");
  }
  const duration = <Fallback extends number | null | undefined>(
    name: string,
    fallbackMs: Fallback,
  ): number | null | Fallback => {
    const text = environment[name];
    return text === undefined ? fallbackMs : parseDurationMs(name, text);
  };
  const workRoot = environment["HEADCOUNT_WORK_ROOT"] ?? file.daemon.workRoot;
  return {
    serverUrl: serverUrl.replace(/\/+$/, ""),
    stateDirectory: paths.root,
    profile: path.basename(paths.root) === ".headcount" ? "default" : path.basename(paths.root),
    deviceName: environment["HEADCOUNT_DEVICE_NAME"] ?? file.daemon.deviceName ?? hostname(),
    workRoot: path.resolve(workRoot ?? paths.defaultWorkRoot),
    slots: wholeNumber(environment, "HEADCOUNT_MAX_TASKS", file.daemon.slots ?? 20),
    pollIntervalMs: duration("HEADCOUNT_POLL_INTERVAL", 30_000) ?? 30_000,
    heartbeatIntervalMs: 15_000,
    changesIntervalMs: 30_000,
    idleMs: duration("HEADCOUNT_IDLE_TIMEOUT", undefined),
    idleInToolMs: duration("HEADCOUNT_TOOL_TIMEOUT", 2 * 3_600_000),
    handshakeMs: duration("HEADCOUNT_HANDSHAKE_TIMEOUT", undefined),
    progressMs: duration("HEADCOUNT_PROGRESS_TIMEOUT", undefined),
    taskTimeoutMs: duration("HEADCOUNT_TASK_TIMEOUT", null),
    outboxMaxBytes: bytes(environment, "HEADCOUNT_OUTBOX_MAX", 2 * 1024 ** 3),
    minimumFreeBytes: bytes(environment, "HEADCOUNT_MIN_FREE_SPACE", 256 * 1024 ** 2),
    clis: withEnvironment(file.daemon.clis, environment),
    enrolTokenFile: environment["HEADCOUNT_ENROL_TOKEN_FILE"] ?? null,
    environment,
  };
}

function wholeNumber(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  fallback: number,
): number {
  const text = environment[name];
  if (text === undefined) return fallback;
  if (!/^\d{1,15}$/.test(text)) throw new Error(`${name} is "${text}"; write a whole number`);
  return Number(text);
}

/** A size such as `2GiB`, `500MiB` or a plain number of bytes. */
function bytes(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  fallback: number,
): number {
  const text = environment[name];
  if (text === undefined) return fallback;
  const match = /^(\d{1,12})\s*(KiB|MiB|GiB|B)?$/.exec(text.trim());
  if (match === null) throw new Error(`${name} is "${text}"; write a size such as 2GiB or 500MiB`);
  const units: Readonly<Record<string, number>> = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
  return Number(match[1]) * (units[match[2] ?? "B"] ?? 1);
}

/** `HEADCOUNT_CLAUDE_PATH`, `_MODEL` and `_ARGS` (separated by blanks) override the file. */
function withEnvironment(
  clis: Readonly<Record<string, CliSettings>>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, CliSettings> {
  const merged: Record<string, CliSettings> = { ...clis };
  for (const [name, value] of Object.entries(environment)) {
    const match = /^HEADCOUNT_([A-Z0-9_]+)_(PATH|MODEL|ARGS)$/.exec(name);
    if (match === null || !value) continue;
    const cli = (match[1] ?? "").toLowerCase().replaceAll("_", "-");
    const before = merged[cli] ?? { arguments: [], enabled: true };
    merged[cli] = { ...before, ...settingOf(match[2] ?? "", value) };
  }
  return merged;
}

function settingOf(field: string, value: string): Partial<CliSettings> {
  if (field === "PATH") return { path: value };
  if (field === "MODEL") return { model: value };
  return { arguments: value.split(/\s+/).filter((part) => part !== "") };
}
