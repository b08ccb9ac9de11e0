import { chmod, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { LockBusy } from "../runs/mutex.ts";
import { CheckoutRefused, type RunManager } from "../runs/run-manager.ts";
import { messageOf } from "../log.ts";
import {
  ControlRequest,
  type CollectableItem,
  type ControlReply,
  type DaemonStatus,
} from "./control-protocol.ts";

export type ControlServerOptions = {
  readonly socketPath: string;
  readonly status: () => DaemonStatus;
  readonly onStop: (reason: string) => void;
  /** Looks for CLIs and workspaces again. */
  readonly onRefresh: () => void;
  readonly checkOut: RunManager["checkOut"];
  /** What the next collection would remove. */
  readonly diskUsage: () => Promise<CollectableItem[]>;
};

/** When somebody whose turn did not come had best ask again. */
const busyRetryMs = 2_000;
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
    // From here on the caller waits for us: a checkout takes as long as it takes.
    socket.setTimeout(0);
    const line = text.slice(0, end);
    text = "";
    void answer(line, options).then((reply) => socket.end(`${JSON.stringify(reply)}\n`));
  });
}

async function answer(line: string, options: ControlServerOptions): Promise<ControlReply> {
  try {
    return await perform(ControlRequest.parse(JSON.parse(line)), options);
  } catch (error) {
    if (error instanceof LockBusy) return { type: "busy", retryAfterMs: busyRetryMs };
    const reason = error instanceof CheckoutRefused ? error.reason : "failed";
    return { type: "error", reason, message: messageOf(error) };
  }
}

async function perform(
  request: ControlRequest,
  options: ControlServerOptions,
): Promise<ControlReply> {
  switch (request.type) {
    case "status":
      return { type: "status", status: options.status() };
    case "refresh":
      options.onRefresh();
      return { type: "refreshing" };
    case "disk_usage":
      return { type: "disk_usage", collectable: await options.diskUsage() };
    case "checkout":
      return { type: "checked_out", ...(await options.checkOut(request)) };
    case "stop":
      if (request.daemonId !== options.status().daemonId) {
        const message = "The request names another daemon.";
        return { type: "error", reason: "wrong_daemon", message };
      }
      options.onStop(request.reason);
      return { type: "stopping" };
  }
}
