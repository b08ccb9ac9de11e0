/** The stories that every CLI tells, in the order of the table, with their heads there. */
export const caseHeads = {
  success: "success",
  resumed: "resumed",
  "rate-limited": "429",
  "server-fault": "500",
  "key-refused": "401",
  "cancel-in-tool": "cancel in tool",
  "cancel-mid-stream": "cancel in reply",
  "daemon-killed": "daemon kill -9",
  "server-away": "server away",
  mcp: "MCP tool",
} as const;

export type CaseName = keyof typeof caseHeads;
