import type { ServerFrame } from "@headcount/contract/realtime/frames";
import type { WebSocket } from "ws";

/** The way from the server to one tab. */
export type SocketOutlet = {
  send(frame: ServerFrame): void;
  /** Resolves when the frame has left this process, or never will. */
  sent(frame: ServerFrame): Promise<void>;
  /** Says goodbye. Nothing is sent after it. */
  cut(reason: string): void;
};

/** What a client may leave unread before it is cut; it resumes from its cursor. */
const maxUnread = { frames: 256, bytes: 4 * 1024 * 1024 };

/** @param onCut ends whatever would send more: a client that reads nothing closes late */
export function createSocketOutlet(socket: WebSocket, onCut: () => void): SocketOutlet {
  let queued = 0;

  const sent = async (frame: ServerFrame): Promise<void> => {
    if (socket.readyState !== socket.OPEN) return;
    const isSlow = queued >= maxUnread.frames || socket.bufferedAmount > maxUnread.bytes;
    if (isSlow) return cut("slow");
    queued += 1;
    await new Promise((resolve) => socket.send(JSON.stringify(frame), resolve));
    queued -= 1;
  };
  const cut = (reason: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify({ type: "bye", reason, retryAfterMs: 1_000 } satisfies ServerFrame));
    socket.close(1001, reason);
    onCut();
  };
  return { send: (frame) => void sent(frame), sent, cut };
}
