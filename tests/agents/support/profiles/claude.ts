import { type AgentProfile, uuid } from "../agent-profile.ts";
import { exact, partial } from "../stated-coverage.ts";

export const claude: AgentProfile = {
  cli: "claude",
  core: "every-case",
  sessionId: uuid,
  mcpTool: { tool: "mcp__greeter__say_hello" },
  booksCalls: "at-once",
  cacheWrites: "told",
  coverage: {
    usual: exact,
    "cancel-mid-stream": partial(/broken off and is not counted/),
    "daemon-killed": partial(/only what was known is counted/),
  },
};
