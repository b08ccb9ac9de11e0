import { chmod, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { messageOf } from "../log.ts";
import { ControlRequest, type ControlReply, type DaemonStatus } from "./control-protocol.ts";

export type ControlServerOptions = {
  readonly socketPath: string;
  readonly status: () => DaemonStatus;
  readonly onStop: (reason: string) => void;
  /** Looks for CLIs and workspaces again. */
  readonly onRefresh: () => void;
};

const longestRequestBytes = 64 * 1024;
const idleMs = 10_000;

/** Answers on a unix socket that only the owner of the profile can open, until the signal fires. */
export async function runControlServer(
  options: ControlServerOptions,
  signal: AbortSignal,
): Promise<void> {
  // The profile's lock proves that no daemon lives which could still own an older socket.
  await rm(options.socketPath, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    serve(socket, options);
  });
  await listen(server, options.socketPath);
  await chmod(options.socketPath, 0o600);
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
}

function listen(server: Server, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function serve(socket: Socket, options: ControlServerOptions): void {
  let text = "";
  socket.setEncoding("utf8");
  socket.setTimeout(idleMs, () => socket.destroy());
  // The caller went away; there is nobody to tell.
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: string) => {
    text += chunk;
    if (text.length > longestRequestBytes) socket.destroy();
    const end = text.indexOf("\n");
    if (end < 0) return;
    socket.end(`${JSON.stringify(answer(text.slice(0, end), options))}\n`);
  });
}

function answer(line: string, options: ControlServerOptions): ControlReply {
  try {
    const request = ControlRequest.parse(JSON.parse(line));
    if (request.type === "status") return { type: "status", status: options.status() };
    if (request.type === "refresh") {
      options.onRefresh();
      return { type: "refreshing" };
    }
    if (request.daemonId !== options.status().daemonId) {
      return { type: "error", reason: "wrong_daemon" };
    }
    options.onStop(request.reason);
    return { type: "stopping" };
  } catch (error) {
    return { type: "error", reason: messageOf(error) };
  }
}
