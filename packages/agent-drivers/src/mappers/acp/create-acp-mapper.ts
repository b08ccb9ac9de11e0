import { isJsonObject, objectAt, parseJsonObject, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import type { CreateMapper } from "../../core/run-mapper.ts";
import type { RunItem } from "../../core/types.ts";
import { acpErrorFrom } from "./acp-error.ts";
import { AcpTurn } from "./acp-turn.ts";
import type { AcpAgent } from "./acp-turn.ts";

/**
 * Reads the agent's half of a conversation. Our own half is missing, so which request a reply
 * belongs to is told by what it contains; the driver, which knows, feeds the same state machine.
 */
export function createAcpMapper(agent: AcpAgent): CreateMapper {
  return (input) => {
    const turn = new AcpTurn(agent, input);
    let phase: Phase = "starting";

    const open = (reply: JsonObject): readonly RunItem[] => {
      phase = "prompted";
      const { items } = turn.sessionOpened(reply);
      turn.promptSent();
      return items;
    };
    const replied = (reply: JsonObject): readonly RunItem[] => {
      if ("stopReason" in reply) return turn.promptReplied(reply);
      if (phase === "starting") {
        phase = "protocolVersion" in reply ? "initialized" : phase;
        return [];
      }
      if (phase === "prompted") return [];
      // An agent may answer `session/load` with nothing; only then has it replayed a history.
      const isSession = sessionKeys.some((key) => key in reply) || phase === "replaying";
      return isSession ? open(reply) : [];
    };
    const notified = (method: string, message: JsonObject): readonly RunItem[] => {
      const params = objectAt(message, "params");
      if (phase === "initialized" && isHistory(params)) phase = "replaying";
      if (message["id"] === undefined) return turn.notified(method, params);
      return method === "session/request_permission" ? turn.permissionAsked(params) : [];
    };

    return {
      accept(line) {
        const message = parseJsonObject(line);
        if (message === null) return noise(line);
        const method = stringAt(message, "method");
        if (method !== null) return notified(method, message);
        const error = message["error"];
        if (isJsonObject(error)) {
          if (!turn.isTerminal)
            turn.refused(phase === "prompted" ? "prompt" : "session", acpErrorFrom(error));
          return [];
        }
        return replied(objectAt(message, "result"));
      },
      isTerminal: () => turn.isTerminal,
      finish: (ending) => turn.finish(ending),
    };
  };
}

/** `replaying`: a loaded session's history is on its way; `prompted`: from here on it is our turn. */
type Phase = "starting" | "initialized" | "replaying" | "prompted";

const sessionKeys = ["sessionId", "modes", "models", "configOptions"];
const historyKinds = new Set(["user_message_chunk", "agent_message_chunk", "tool_call"]);

function isHistory(params: JsonObject): boolean {
  return historyKinds.has(stringAt(objectAt(params, "update"), "sessionUpdate") ?? "");
}

function noise(line: string): readonly RunItem[] {
  const text = line.trim();
  return text === "" ? [] : [{ type: "log", level: "info", message: text }];
}
