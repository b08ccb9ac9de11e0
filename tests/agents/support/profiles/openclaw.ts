import type { AgentProfile } from "../agent-profile.ts";
import { exact } from "../stated-coverage.ts";

export const openclaw: AgentProfile = {
  cli: "openclaw",
  core: "none",
  // Its one report at the end names no tools, which most stories look for.
  tells: ["mcp"],
  hidesTools: true,
  sessionId: null,
  mcpTool: { tool: "tool_call", input: { id: "greeter__say_hello", args: { name: "Ada" } } },
  findsTools: { tool: "tool_search", input: { query: "say_hello" } },
  servedModel: "fake-large",
  booksCalls: "at-end",
  cacheWrites: "told",
  coverage: { usual: exact },
};
