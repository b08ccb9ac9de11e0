import { createHash } from "node:crypto";
import { homedir, tmpdir } from "node:os";
import path from "node:path";

/** Where one profile of the daemon keeps everything it owns. All paths are absolute. */
export type ProfilePaths = {
  readonly root: string;
  readonly config: string;
  readonly daemonId: string;
  /** The machine token `hcd_…`, readable by its owner only. */
  readonly token: string;
  readonly lockDirectory: string;
  /** Why the daemon stopped last, and when it started. */
  readonly lifeRecord: string;
  /** Session files of other work that have been brought in; see `headcount usage import`. */
  readonly importMarks: string;
  /** What the machine's programs have said about their models. */
  readonly inspections: string;
  readonly socket: string;
  readonly outbox: string;
  readonly journal: string;
  readonly logs: string;
  readonly bin: string;
  readonly repositories: string;
  /** Bundles of skills by hash. */
  readonly skills: string;
  readonly defaultWorkRoot: string;
  /** Base of the temporary folders of runs: short, because tools put sockets into them. */
  readonly temporary: string;
};

/**
 * Folder of a profile: `HEADCOUNT_STATE_DIR` if set, else `~/.headcount` for the default profile
 * and `~/.headcount/profiles/<name>` for any other.
 */
export function stateDirectoryOf(
  profile: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const chosen = environment["HEADCOUNT_STATE_DIR"];
  if (chosen) return path.resolve(chosen);
  const base = path.join(environment["HOME"] ?? homedir(), ".headcount");
  if (profile === null || profile === "default") return base;
  return path.join(base, "profiles", profile);
}

export function profilePaths(stateDirectory: string): ProfilePaths {
  const root = path.resolve(stateDirectory);
  const inRoot = (name: string): string => path.join(root, name);
  return {
    root,
    config: inRoot("config.json"),
    daemonId: inRoot("daemon-id"),
    token: inRoot("daemon-token"),
    lockDirectory: inRoot("lock"),
    lifeRecord: inRoot("life.json"),
    importMarks: inRoot("usage-import.json"),
    inspections: inRoot("inspections.json"),
    socket: socketPath(root),
    outbox: inRoot("outbox"),
    journal: inRoot("journal"),
    logs: inRoot("logs"),
    bin: inRoot("bin"),
    repositories: inRoot("repositories"),
    skills: inRoot("skills"),
    defaultWorkRoot: inRoot("work"),
    temporary: path.join(tmpdir(), `hc-${digest(root)}`),
  };
}

/** Addresses of unix sockets end at 103 bytes on macOS and 107 on Linux: sockaddr_un.sun_path. */
const longestSocketPath = 100;

function socketPath(root: string): string {
  const preferred = path.join(root, "daemon.sock");
  if (Buffer.byteLength(preferred) <= longestSocketPath) return preferred;
  return path.join(tmpdir(), `hc-${digest(root)}.sock`);
}

const digest = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 12);
