import type { AgentProfile } from "../agent-profile.ts";
import { partial } from "../stated-coverage.ts";

const gap = /neither the calls that name a session nor a call that was stopped/;

export const opencode: AgentProfile = {
  cli: "opencode",
  core: "success",
  sessionId: /^ses_[0-9a-zA-Z]{20,}$/,
  mcpTool: { tool: "greeter_say_hello" },
  servedModel: "fake-large",
  // A step is written to its database when the tools of the call have come back.
  booksCalls: "after-tools",
  cacheWrites: "as-input",
  coverage: {
    usual: partial(gap, ["side request"]),
    "cancel-in-tool": partial(gap, ["side request", "long"]),
    "daemon-killed": partial(/only what was known is counted/, ["side request", "long"]),
  },
};
