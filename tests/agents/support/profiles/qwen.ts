import { type AgentProfile, uuid } from "../agent-profile.ts";
import { partial } from "../stated-coverage.ts";

export const qwen: AgentProfile = {
  cli: "qwen",
  core: "none",
  sessionId: uuid,
  mcpTool: { tool: "mcp__greeter__say_hello" },
  findsTools: { tool: "tool_search", input: { query: "select:mcp__greeter__say_hello" } },
  writesTo: "absolute",
  booksCalls: "at-once",
  cacheWrites: "as-input",
  patience: "asks-on",
  coverage: {
    usual: partial(/counts cache writes as plain input/),
    "daemon-killed": partial(/only what was known is counted/),
  },
};
