import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunOptions } from "../../core/types.ts";
import { hasOpenCopilotTurn, readCopilotEvents } from "../../mappers/acp/read-copilot-events.ts";
import type { AgentRecords } from "./found-call.ts";

/** Source of figures that are read from Copilot's own session files. */
export const copilotUsageSource = "copilot.session-events";

/**
 * Model calls of this run in Copilot's session file, `<home>/session-state/<session>/events.jsonl`.
 * The conversation itself tells of a turn's tokens only at its end.
 */
export const copilotRecords: AgentRecords = {
  findCalls: (options, sessionId) =>
    readCopilotEvents(eventsOf(options, sessionId), options.startedAtMs),
  hasBrokenReply: (options, sessionId) =>
    hasOpenCopilotTurn(eventsOf(options, sessionId), options.startedAtMs),
};

/** Empty when there is no such file. */
function eventsOf({ environment }: RunOptions, sessionId: string): string {
  // The id comes from the agent and becomes part of a path.
  if (!/^[\w-]+$/.test(sessionId)) return "";
  const home = environment["COPILOT_HOME"] ?? join(environment["HOME"] ?? "", ".copilot");
  const file = join(home, "session-state", sessionId, "events.jsonl");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
