import { type AgentProfile, uuid } from "../agent-profile.ts";
import { partial } from "../stated-coverage.ts";

export const gemini: AgentProfile = {
  cli: "gemini",
  core: "success",
  sessionId: uuid,
  mcpTool: { tool: "mcp_greeter_say_hello" },
  booksCalls: "at-once",
  cacheWrites: "as-input",
  coverage: {
    usual: partial(/known for the calls of the conversation, not for side calls/),
    "daemon-killed": partial(/only what was known is counted/),
  },
};
