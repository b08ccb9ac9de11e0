import type { ServerResponse } from "node:http";
import type { StreamEnding } from "./logged-request.ts";
import type { Protocol, ReplyContext } from "./protocol.ts";
import type { Reply, Rule } from "./scenario.ts";
import { waitUnlessAborted } from "./wait-unless-aborted.ts";

/** The first event that says how a reply ended, in any of the protocols. */
const ENDING = /"message_delta"|"response\.completed"|"finish_?[rR]eason":\s*"/;

export type StreamedReply = {
  readonly response: ServerResponse;
  readonly protocol: Protocol;
  readonly rule: Rule;
  readonly reply: Reply;
  readonly context: ReplyContext;
  /** Aborts when the client goes away. */
  readonly gone: AbortSignal;
};

/**
 * Streams a reply, or as much of it as the rule lets through. A reply that is to hang, be cut or
 * fail never gets to its last event.
 */
export async function streamReply(
  streamed: StreamedReply,
): Promise<{ readonly ended: StreamEnding; readonly sentEvents: number }> {
  const { response, rule, gone } = streamed;
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-cache",
    "request-id": `req_${streamed.context.id}`,
  });
  response.flushHeaders();
  const frames = framesToSend(streamed);
  for (const frame of frames) {
    response.write(frame);
    if (rule.chunkMs === undefined) continue;
    if (!(await waitUnlessAborted(rule.chunkMs, gone))) break;
  }
  return { ended: await endStream(streamed), sentEvents: frames.length };
}

function framesToSend({ protocol, rule, reply, context }: StreamedReply): readonly string[] {
  const frames = [...protocol.stream(reply, context)];
  const { hangAfter, cutAfter, errorAfter } = rule;
  const limit =
    hangAfter ?? cutAfter ?? (errorAfter && frames.findIndex((frame) => ENDING.test(frame)));
  if (limit === undefined) return frames;
  return frames.slice(0, Math.min(limit, frames.length - 1));
}

async function endStream(streamed: StreamedReply): Promise<StreamEnding> {
  const { response, protocol, rule, context, gone } = streamed;
  if (rule.hangAfter !== undefined) await aborted(gone);
  if (response.destroyed) return "client left";
  if (rule.cutAfter !== undefined) {
    await flushed(response);
    response.destroy();
    return "cut";
  }
  if (rule.errorAfter !== undefined) {
    response.end(protocol.streamError(rule.errorAfter, context));
    return "error in stream";
  }
  response.end();
  return "complete";
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}

/**
 * Lets what was written reach the kernel, so that a cut drops the connection and no content. Node
 * corks the chunks of a response until the next tick; an empty write on the socket comes after them.
 */
async function flushed(response: ServerResponse): Promise<void> {
  const { socket } = response;
  if (socket === null) return;
  await new Promise((resolve) => {
    socket.write("", resolve);
  });
}
