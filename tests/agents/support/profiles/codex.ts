import { type AgentProfile, uuid } from "../agent-profile.ts";
import { exact, partial, type StatedCoverage } from "../stated-coverage.ts";

/** Codex says nothing of a reply that did not end, and so cannot tell whether there was one. */
export const mayLackReply: StatedCoverage = partial(/broken off is not in the CLI's totals/);

export const codex: AgentProfile = {
  cli: "codex",
  core: "every-case",
  sessionId: uuid,
  mcpTool: { tool: "say_hello", namespace: "mcp__greeter" },
  // It tells of a call only when the tools that it asked for have come back.
  booksCalls: "after-tools",
  cacheWrites: "told",
  coverage: {
    usual: exact,
    "server-fault": mayLackReply,
    "cancel-in-tool": mayLackReply,
    "cancel-mid-stream": mayLackReply,
    "daemon-killed": partial(/only what was known is counted/),
  },
};
