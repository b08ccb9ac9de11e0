/** Leads the extension to the file with the servers of the run. */
export const mcpServersVariable = "HEADCOUNT_PI_MCP_SERVERS";
