import { AnswerTimeout, createJsonRpcPeer, JsonRpcError } from "../../core/json-rpc-peer.ts";
import { isJsonObject, objectAt, parseJsonObject, stringAt } from "../../core/json.ts";
import type { Conversation, RunControls } from "../../core/start-run.ts";
import type { RunOptions } from "../../core/types.ts";
import { defaultRunLimits } from "../../core/watchdog.ts";
import type { CodexMapper } from "../../mappers/codex-app-server.ts";
import { answerCodexRequest } from "./answer-codex-request.ts";
import { codexThreadParameters } from "./codex-thread-parameters.ts";

/** How long a final error may wait for the end of its turn. */
const errorGraceMs = 5_000;
const turnAnswerMs = 60_000;

/** Our side of the talk with `codex app-server`: handshake, thread, turn, answers, interrupt. */
export function createCodexConversation(
  options: RunOptions,
  mapper: CodexMapper,
  controls: RunControls,
): Conversation {
  const limits = { ...defaultRunLimits, ...options.limits };
  let closed = false;
  let errorTimer: NodeJS.Timeout | null = null;

  const refuse = (message: string, resumeRejected: boolean): void => {
    if (closed) return;
    mapper.refuse(message, { resumeRejected });
    controls.stop(null);
  };
  const peer = createJsonRpcPeer({
    send: controls.send,
    onNotification(method, params) {
      const final = isJsonObject(params) && params["willRetry"] === false;
      if (method !== "error" || !final || !isOurs(params["threadId"])) return;
      errorTimer ??= setTimeout(() => controls.stop(null), errorGraceMs);
    },
    onRequest(method, params) {
      try {
        return answerCodexRequest(method, isJsonObject(params) ? params : {});
      } catch (error) {
        refuse(`The agent asked for something nobody can answer here (${method}).`, false);
        throw error;
      }
    },
  });

  const isOurs = (threadId: unknown): boolean =>
    typeof threadId !== "string" || threadId === mapper.threadId();

  const openThread = async (): Promise<string | null> => {
    const parameters = codexThreadParameters(options);
    const { resumeSessionId } = options;
    const method = resumeSessionId === null ? "thread/start" : "thread/resume";
    const target =
      resumeSessionId === null ? {} : { threadId: resumeSessionId, excludeTurns: true };
    const reply = await peer.request(method, { ...target, ...parameters }, limits.handshakeMs);
    return isJsonObject(reply) ? stringAt(objectAt(reply, "thread"), "id") : null;
  };
  const talk = async (): Promise<void> => {
    await peer.request("initialize", clientParameters, limits.handshakeMs);
    peer.notify("initialized");
    const threadId = await openThread();
    if (threadId === null) return refuse("Codex opened no thread.", false);
    controls.progress();
    await peer.request(
      "turn/start",
      {
        threadId,
        input: [{ type: "text", text: options.prompt }],
        ...(options.effort === null ? {} : { effort: options.effort }),
      },
      turnAnswerMs,
    );
  };

  return {
    open() {
      talk().catch((error: unknown) => {
        if (closed) return;
        if (error instanceof AnswerTimeout) {
          return controls.expire({ name: "handshake", limitMs: error.limitMs });
        }
        const text = error instanceof Error ? error.message : String(error);
        refuse(text, error instanceof JsonRpcError && unknownThread.test(text));
      });
    },
    read(line) {
      const message = parseJsonObject(line);
      if (message !== null) peer.accept(message);
    },
    askToStop() {
      const threadId = mapper.threadId();
      const turnId = mapper.turnId();
      if (threadId === null || turnId === null) return false;
      // The end of the turn is what counts, not the answer to this.
      peer.request("turn/interrupt", { threadId, turnId }, turnAnswerMs).catch(() => undefined);
      return true;
    },
    close() {
      closed = true;
      if (errorTimer !== null) clearTimeout(errorTimer);
      peer.close("The run is over.");
    },
  };
}

const unknownThread = /no rollout found for thread id|thread not found|no such thread/i;

const clientParameters = {
  clientInfo: { name: "headcount", title: "Headcount", version: "0.1.0" },
  capabilities: { experimentalApi: true },
};
