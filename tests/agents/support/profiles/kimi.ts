import type { AgentProfile } from "../agent-profile.ts";
import { exact, partial } from "../stated-coverage.ts";

export const kimi: AgentProfile = {
  cli: "kimi",
  core: "none",
  sessionId: /^session_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  mcpTool: { tool: "mcp__greeter__say_hello" },
  writesTo: "absolute",
  // Its session file has a call as soon as the reply is there.
  booksCalls: "at-once",
  cacheWrites: "as-input",
  coverage: {
    usual: exact,
    "cancel-mid-stream": partial(/broken off is not counted/),
    "daemon-killed": partial(/only what was known is counted/),
  },
};
