import { createConnection } from "node:net";
import { readOrMakeDaemonId } from "../state/daemon-id.ts";
import { profilePaths } from "../state/profile-paths.ts";
import { ControlReply, type ControlRequest, type DaemonStatus } from "./control-protocol.ts";

const answerMs = 5_000;

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
  if (reply?.type === "error") throw new Error(`The daemon refused to stop: ${reply.reason}`);
  return true;
}

/** Asks the daemon to look for CLIs and workspaces again. False when none is running. */
export async function requestDaemonRefresh(stateDirectory: string): Promise<boolean> {
  return (await ask(profilePaths(stateDirectory).socket, { type: "refresh" })) !== null;
}

/** Null when nobody listens. */
function ask(socketPath: string, request: ControlRequest): Promise<ControlReply | null> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(socketPath);
    let text = "";
    socket.setEncoding("utf8");
    socket.setTimeout(answerMs, () => socket.destroy(new Error("The daemon does not answer.")));
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
