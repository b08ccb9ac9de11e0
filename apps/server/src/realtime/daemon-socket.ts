import type { DaemonId, UserId } from "@headcount/contract/kit/ids";
import type { DaemonHint } from "@headcount/contract/daemon/frames";
import type { WebSocket } from "ws";
import type { Signals } from "./signals.ts";

const pingMs = 30_000;
const recheckAccessMs = 3_000;

/** Hints to one machine. All of them may be lost; the daemon polls anyway. */
export function serveDaemonSocket(
  signals: Signals,
  socket: WebSocket,
  daemon: { daemonId: DaemonId; userId: UserId },
  isStillValid: () => Promise<boolean>,
): void {
  const send = (hint: DaemonHint): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(hint));
  };
  const off = signals.on((signal) => {
    if (signal.topic === "daemon" && signal.daemonId === daemon.daemonId)
      send({ type: signal.hint });
    if (signal.topic === "daemon-owner" && signal.userId === daemon.userId)
      send({ type: "membership" });
    if (signal.topic === "daemon-cancel" && signal.daemonId === daemon.daemonId) {
      send({ type: "cancel", taskId: signal.taskId, lease: signal.lease });
    }
    if (signal.topic === "daemon-stop" && signal.daemonId === daemon.daemonId) {
      const { taskId, lease, reason } = signal;
      send({ type: "stop", taskId, lease, reason });
    }
    if (signal.topic === "directory-check" && signal.daemonId === daemon.daemonId) {
      const { checkId, path, mode } = signal;
      send({ type: "check_directory", checkId, path, mode });
    }
  });
  let answered = true;
  const ping = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, pingMs);
  socket.on("pong", () => {
    answered = true;
  });
  const recheck = setInterval(() => void closeIfRevoked(), recheckAccessMs);
  async function closeIfRevoked(): Promise<void> {
    // A database that cannot answer has revoked nothing.
    if (!(await isStillValid().catch(() => true))) socket.close(1008, "revoked");
  }
  socket.on("close", () => {
    off();
    clearInterval(ping);
    clearInterval(recheck);
  });
  socket.on("error", () => socket.terminate());
  send({ type: "ready" });
}
