import { createConnection } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { readOrMakeDaemonId } from "../state/daemon-id.ts";
import { profilePaths } from "../state/profile-paths.ts";
import {
  type CollectableItem,
  ControlReply,
  type ControlRequest,
  type DaemonStatus,
} from "./control-protocol.ts";

const answerMs = 5_000;
const diskUsageMs = 2 * 60_000;
/** A little more than git itself gets. */
const checkoutMs = 11 * 60_000;

/**
 * What the daemon of a profile says about itself; null when none is running.
 *
 * @throws Error when another daemon than the profile's answers at its socket
 */
export async function readDaemonStatus(stateDirectory: string): Promise<DaemonStatus | null> {
  const paths = profilePaths(stateDirectory);
  const reply = await ask(paths.socket, { type: "status" });
  if (reply === null) return null;
  if (reply.type !== "status") throw new Error(`The daemon answered ${JSON.stringify(reply)}`);
  const expected = await readOrMakeDaemonId(paths.daemonId);
  if (reply.status.daemonId !== expected) {
    throw new Error(`The socket ${paths.socket} belongs to another daemon; nothing was done.`);
  }
  return reply.status;
}

/** Asks the daemon of a profile to stop. False when none is running. It ends a little later. */
export async function requestDaemonStop(stateDirectory: string, reason: string): Promise<boolean> {
  const status = await readDaemonStatus(stateDirectory);
  if (status === null) return false;
  const { socket } = profilePaths(stateDirectory);
  const reply = await ask(socket, { type: "stop", daemonId: status.daemonId, reason });
  if (reply?.type === "error") throw new Error(`The daemon refused to stop: ${reply.message}`);
  return true;
}

/** Asks the daemon to look for CLIs and workspaces again. False when none is running. */
export async function requestDaemonRefresh(stateDirectory: string): Promise<boolean> {
  return (await ask(profilePaths(stateDirectory).socket, { type: "refresh" })) !== null;
}

/**
 * Asks the daemon of a profile what its next collection would remove; null when none is running.
 *
 * @throws ControlError when it cannot say, e.g. because the server does not answer
 */
export async function requestDiskUsage(
  stateDirectory: string,
): Promise<readonly CollectableItem[] | null> {
  const { socket } = profilePaths(stateDirectory);
  const reply = await ask(socket, { type: "disk_usage" }, diskUsageMs);
  if (reply === null) return null;
  if (reply.type === "error") throw new ControlError(reply.reason, reply.message);
  if (reply.type !== "disk_usage") throw new ControlError("failed", "The daemon answered oddly.");
  return reply.collectable;
}

/** The daemon did not do what was asked; `reason` is machine-readable. */
export class ControlError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.name = "ControlError";
    this.reason = reason;
  }
}

/**
 * From inside a run: asks its daemon for a checkout of one more repository of the workspace.
 * Asking again for the same repository gives the same folder. While others have the repository it
 * asks again and again, as often as the daemon wants it to.
 *
 * @throws ControlError `run.unknown`, `repository.unknown`, `failed` (what git said), `no_daemon`,
 * `busy` when others have had the repository all the time
 */
export async function requestCheckout(options: {
  /** HEADCOUNT_SOCKET of the run. */
  readonly socketPath: string;
  /** HEADCOUNT_RUN of the run. */
  readonly marker: string;
  readonly url: string;
  readonly ref: string | null;
}): Promise<{ readonly directory: string; readonly branch: string }> {
  const { socketPath, marker, url, ref } = options;
  const request = { type: "checkout", marker, url, ref } as const;
  const giveUpAt = performance.now() + checkoutMs;
  let reply = await ask(socketPath, request, checkoutMs);
  while (reply?.type === "busy" && performance.now() < giveUpAt) {
    await delay(reply.retryAfterMs);
    reply = await ask(socketPath, request, checkoutMs);
  }
  if (reply?.type === "busy") throw new ControlError("busy", "Others are using the repository.");
  if (reply === null) throw new ControlError("no_daemon", "The daemon of this run is gone.");
  if (reply.type === "error") throw new ControlError(reply.reason, reply.message);
  if (reply.type !== "checked_out") throw new ControlError("failed", "The daemon answered oddly.");
  return { directory: reply.directory, branch: reply.branch };
}

/** Null when nobody listens. */
function ask(
  socketPath: string,
  request: ControlRequest,
  limitMs: number = answerMs,
): Promise<ControlReply | null> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(socketPath);
    let text = "";
    socket.setEncoding("utf8");
    socket.setTimeout(limitMs, () => socket.destroy(new Error("The daemon does not answer.")));
    socket.on("connect", () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("end", () => {
      try {
        resolve(ControlReply.parse(JSON.parse(text)));
      } catch (error) {
        reject(error);
      }
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ECONNREFUSED") resolve(null);
      else reject(error);
    });
  });
}
