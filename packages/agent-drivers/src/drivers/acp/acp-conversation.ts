import { arrayAt, objectAt, stringAt, type JsonObject } from "../../core/json.ts";
import { AnswerTimeout } from "../../core/json-rpc-peer.ts";
import type { Conversation, RunControls } from "../../core/start-run.ts";
import type { RunItem, RunOptions } from "../../core/types.ts";
import type { AcpDialect } from "../../mappers/acp/acp-dialect.ts";
import type { AcpTurn } from "../../mappers/acp/acp-turn.ts";
import { choosePermission } from "../../mappers/acp/choose-permission.ts";
import { objectOf } from "../../mappers/acp/json-value.ts";
import { openAcpConnection } from "./acp-connection.ts";
import type { PermissionAnswer } from "./acp-connection.ts";
import { GivenUp } from "./given-up.ts";
import { openSession, StepRefused } from "./open-session.ts";
import type { OpenSession } from "./open-session.ts";
import { promptParameters } from "./prompt-parameters.ts";
import { waitForQuiet } from "./wait-for-quiet.ts";

export type AcpConversationParts = {
  readonly turn: AcpTurn;
  readonly dialect: AcpDialect;
  readonly options: RunOptions;
  /** Sees every line that is written. */
  readonly wrote: (line: string) => void;
  readonly resumeWaitMs: () => number;
};

/** Some agents hold a lock until their session is closed; none may hold up the run. */
const closeTimeoutMs = 2_000;

/** Our side of the talk with an ACP agent: handshake, session, prompt, answers, cancel, farewell. */
export function createAcpConversation(
  parts: AcpConversationParts,
  controls: RunControls,
): Conversation {
  const { turn, dialect, options } = parts;
  let session: OpenSession | null = null;
  let isStopping = false;
  let isClosed = false;
  let lastReadAt = performance.now();

  const emit = (items: readonly RunItem[]): void => {
    if (!isClosed) for (const item of items) controls.emit(item);
  };
  const answerPermission = (
    params: Parameters<AcpTurn["permissionAsked"]>[0],
  ): PermissionAnswer => {
    emit(turn.permissionAsked(params));
    if (isStopping) return "cancelled";
    if (isQuestion(dialect, params)) {
      const message = "The agent asked a question, and nobody is there to answer.";
      turn.aborted({ message, failureClass: "unknown" });
      controls.stop(null);
      return { optionId: choosePermission(params["options"], "reject") };
    }
    const optionId = choosePermission(params["options"], "allow");
    if (optionId === null)
      emit([
        {
          type: "log",
          level: "warn",
          message: "Refused a permission request: no acceptable option.",
        },
      ]);
    return { optionId };
  };
  const connection = openAcpConnection({
    send(line) {
      parts.wrote(line);
      controls.send(line);
    },
    onNotification: (method, params) => emit(turn.notified(method, params)),
    onPermission: answerPermission,
    onNoise: (line) => emit([{ type: "log", level: "info", message: line.trim() }]),
  });

  const talk = async (): Promise<void> => {
    const opened = await openSession({
      connection,
      turn,
      dialect,
      options,
      emit,
      resumeWaitMs: parts.resumeWaitMs,
    });
    if (isStopping || isClosed) return;
    session = opened;
    turn.promptSent();
    // The answer is read where the lines are read; here it only must not go unhandled.
    const prompt = promptParameters(options, dialect, opened.sessionId);
    connection.request("session/prompt", prompt, null).catch(() => undefined);
  };
  const giveUp = (error: unknown): void => {
    if (isClosed || turn.isTerminal) return;
    if (error instanceof AnswerTimeout) {
      return controls.expire({ name: "handshake", limitMs: error.limitMs });
    }
    if (error instanceof StepRefused) turn.refused(error.step, error.answer);
    else if (error instanceof GivenUp) turn.aborted(error.abort);
    else turn.aborted({ message: String(error), failureClass: "process_failure" });
    controls.stop(null);
  };

  return {
    open: () => void talk().catch(giveUp),
    read(line) {
      lastReadAt = performance.now();
      connection.accept(line);
    },
    askToStop() {
      isStopping = true;
      if (session === null) return false;
      connection.notify("session/cancel", { sessionId: session.sessionId });
      return true;
    },
    async wrapUp() {
      await waitForQuiet(() => lastReadAt);
      if (session === null || !session.canClose || isClosed) return;
      const { sessionId } = session;
      await connection
        .request("session/close", { sessionId }, closeTimeoutMs)
        .catch(() => undefined);
    },
    close() {
      isClosed = true;
      connection.close("The run is over.");
    },
  };
}

function isQuestion(dialect: AcpDialect, params: JsonObject): boolean {
  const { questionIds } = dialect;
  if (questionIds === null) return false;
  const callId = stringAt(objectAt(params, "toolCall"), "toolCallId");
  const optionIds = arrayAt(params, "options").map((option) =>
    stringAt(objectOf(option), "optionId"),
  );
  return [callId, ...optionIds].some((id) => id !== null && questionIds.test(id));
}
