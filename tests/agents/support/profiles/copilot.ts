import { type AgentProfile, uuid } from "../agent-profile.ts";
import { exact, partial } from "../stated-coverage.ts";

export const copilot: AgentProfile = {
  cli: "copilot",
  core: "none",
  sessionId: uuid,
  mcpTool: { tool: "greeter-say_hello" },
  writesTo: "absolute",
  booksCalls: "at-once",
  cacheWrites: "told",
  coverage: {
    usual: exact,
    "cancel-mid-stream": partial(/broken off is not counted/),
    "daemon-killed": partial(/only what was known is counted/),
  },
};
