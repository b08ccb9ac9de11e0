import { type AgentProfile, uuid } from "../agent-profile.ts";
import { exact, partial } from "../stated-coverage.ts";

export const pi: AgentProfile = {
  cli: "pi",
  core: "none",
  sessionId: uuid,
  mcpTool: { tool: "mcp__greeter__say_hello" },
  booksCalls: "at-once",
  cacheWrites: "told",
  coverage: {
    usual: exact,
    "cancel-mid-stream": partial(/broken off is not counted/),
    "daemon-killed": partial(/only what was known is counted/),
  },
};
