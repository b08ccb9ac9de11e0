import type { AgentCase } from "./agent-case.ts";
import { cancelInTool, cancelMidStream } from "./cases/cancel.ts";
import { mcpTool } from "./cases/mcp-tool.ts";
import { keyRefused, rateLimitedOnce, serverFault } from "./cases/provider-trouble.ts";
import { daemonKilled, serverAway } from "./cases/recovery.ts";
import { resumed } from "./cases/resumed.ts";
import { success } from "./cases/success.ts";

/** What every CLI has to pass, one column of the table each. */
export const commonCases: readonly AgentCase[] = [
  success,
  resumed,
  rateLimitedOnce,
  serverFault,
  keyRefused,
  cancelInTool,
  cancelMidStream,
  daemonKilled,
  serverAway,
  mcpTool,
];
