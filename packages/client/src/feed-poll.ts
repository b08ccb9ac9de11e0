import { changes } from "@headcount/contract/realtime/routes";
import { TaskId } from "@headcount/contract/kit/ids";
import { tasks } from "@headcount/contract/tasks/routes";
import type { FeedStream } from "./feed-stream.ts";
import type { ApiClient } from "./make-client.ts";

const waitSeconds = 25;
const answerMs = 15_000;

/**
 * Asks once for what a stream has missed. A workspace's call stays open until something happens or
 * 25 seconds have passed; a task's answers at once.
 *
 * @returns milliseconds to wait before asking again
 */
export async function pollStream(
  client: ApiClient,
  stream: FeedStream,
  signal: AbortSignal,
): Promise<number> {
  const [kind, workspace = "", taskId = ""] = stream.name.split(":");
  if (kind === "task") return pollTask(client, stream, { workspace, taskId }, signal);
  const reply = await client.call(
    changes.poll,
    { workspace, after: Number(stream.cursor), wait: waitSeconds },
    { signal, timeoutMs: waitSeconds * 1_000 + answerMs },
  );
  if (signal.aborted) return 0;
  if (reply.snapshotRequired !== null) {
    stream.takeSnapshot(reply.snapshotRequired, String(reply.to));
  } else {
    stream.takeChanges(reply.items, String(reply.to), reply.remaining);
  }
  return 0;
}

async function pollTask(
  client: ApiClient,
  stream: FeedStream,
  place: { readonly workspace: string; readonly taskId: string },
  signal: AbortSignal,
): Promise<number> {
  const reply = await client.call(
    tasks.transcript,
    {
      workspace: place.workspace,
      taskId: TaskId.parse(place.taskId),
      ...(/^\d+\.\d+$/.test(stream.cursor) ? { after: stream.cursor } : {}),
    },
    { signal, timeoutMs: answerMs },
  );
  if (signal.aborted) return 0;
  if (reply.nextAfter !== null) stream.takeRows(reply.items, reply.nextAfter);
  return reply.hasMore ? 0 : 2_000;
}
