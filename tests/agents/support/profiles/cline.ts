import { type AgentProfile } from "../agent-profile.ts";
import { partial } from "../stated-coverage.ts";

export const cline: AgentProfile = {
  cli: "cline",
  core: "none",
  // Its stream names none that could be continued.
  sessionId: null,
  mcpTool: { tool: "greeter__say_hello" },
  writesTo: "absolute",
  booksCalls: "at-once",
  cacheWrites: "as-input",
  coverage: {
    usual: partial(/counts cache writes as plain input/),
    "cancel-mid-stream": partial(/broken off is not counted|counts cache writes/),
    "daemon-killed": partial(/only what was known is counted/),
  },
};
