import { WebSocket } from "ws";
import type { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { ServerFrame } from "@headcount/contract/realtime/frames";
import { tasks } from "@headcount/contract/tasks/routes";
import type { TranscriptRow } from "@headcount/contract/tasks/schemas";
import { type Product, workspace } from "../../tests/support/start-product.ts";
import { stampsIn } from "./line-agent.ts";

const textOf = (row: TranscriptRow): string =>
  `${row.content} ${row.input === null ? "" : JSON.stringify(row.input)}`;

export type LineWatch = {
  /** Milliseconds from each line that was printed to its arrival here. */
  readonly lagsMs: readonly number[];
  close(): void;
};

/** Watches some runs as open pages do. */
export function watchLines(
  product: Product,
  workspaceId: WorkspaceId,
  taskIds: readonly TaskId[],
): LineWatch {
  const lagsMs: number[] = [];
  const sockets = taskIds.map((taskId) => {
    const socket = new WebSocket(`${product.url.replace("http", "ws")}/api/live`, {
      headers: { authorization: `Bearer ${product.ownerToken}` },
    });
    socket.on("message", (data: Buffer) => {
      const frame = JSON.parse(data.toString("utf8")) as ServerFrame;
      if (frame.type === "ready") {
        const stream = `task:${workspaceId}:${taskId}`;
        socket.send(JSON.stringify({ type: "sub", stream, after: "0.0" }));
      }
      if (frame.type !== "rows") return;
      const now = Date.now();
      for (const row of frame.items) {
        for (const { printedAtMs } of stampsIn(textOf(row))) lagsMs.push(now - printedAtMs);
      }
    });
    return socket;
  });
  return {
    lagsMs,
    close() {
      for (const socket of sockets) socket.close();
    },
  };
}

/** How many different lines of a run its stored transcript holds. */
export async function storedLines(product: Product, taskId: TaskId): Promise<number> {
  const seen = new Set<number>();
  for (let after: string | undefined; ;) {
    const page: { items: TranscriptRow[]; nextAfter: string | null } = await product.call(
      tasks.transcript,
      { workspace, taskId, limit: 2_000, ...(after === undefined ? {} : { after }) },
    );
    if (page.items.length === 0) return seen.size;
    for (const row of page.items) for (const { line } of stampsIn(textOf(row))) seen.add(line);
    after = page.nextAfter ?? undefined;
  }
}
