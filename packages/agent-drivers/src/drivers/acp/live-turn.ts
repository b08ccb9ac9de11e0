import { isJsonObject, objectAt, parseJsonObject } from "../../core/json.ts";
import type { FinishedRun, RunMapper, StreamEnding } from "../../core/run-mapper.ts";
import { acpErrorFrom } from "../../mappers/acp/acp-error.ts";
import type { AcpTurn } from "../../mappers/acp/acp-turn.ts";

/** A live run's mapper: unlike a recording's, it knows which answer belongs to the prompt. */
export type LiveTurn = RunMapper & {
  /** Watches what is written, for the id of the prompt. */
  wrote(line: string): void;
};

/**
 * Looks for the answer to the prompt in the lines themselves, so that the end of the turn is known
 * with the line that says it and not some ticks later.
 */
export function createLiveTurn(turn: AcpTurn): LiveTurn {
  let promptId: unknown;
  return {
    wrote(line) {
      const message = parseJsonObject(line);
      if (message?.["method"] === "session/prompt") promptId = message["id"];
    },
    accept(line) {
      // Cheap test first: most lines are updates.
      if (promptId === undefined || turn.isTerminal || !/"(result|error)"/.test(line)) return [];
      const message = parseJsonObject(line);
      if (message === null || message["id"] !== promptId || "method" in message) return [];
      const error = message["error"];
      if (!isJsonObject(error)) return turn.promptReplied(objectAt(message, "result"));
      turn.refused("prompt", acpErrorFrom(error));
      return [];
    },
    isTerminal: () => turn.isTerminal,
    finish: (ending) => settleCancel(turn.finish(ending), ending),
  };
}

/** "Cancelled" is our word for what a person or a limit did; an agent that stops itself failed. */
function settleCancel(run: FinishedRun, ending: StreamEnding): FinishedRun {
  if (run.result.status !== "cancelled" || ending.cause !== "ended") return run;
  const error = "The agent cancelled its turn by itself.";
  return { ...run, result: { ...run.result, status: "failed", failureClass: "unknown", error } };
}
