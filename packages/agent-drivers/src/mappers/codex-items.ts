import { arrayAt, isJsonObject, stringAt, type JsonObject } from "../core/json.ts";
import type { RunItem } from "../core/types.ts";

/** Item types that are tool calls, with the name shown for them. */
const toolNames: Readonly<Record<string, string>> = {
  commandExecution: "shell",
  command_execution: "shell",
  fileChange: "apply_patch",
  file_change: "apply_patch",
  mcpToolCall: "mcp",
  mcp_tool_call: "mcp",
  webSearch: "web_search",
  web_search: "web_search",
  dynamicToolCall: "dynamic_tool",
  collabAgentToolCall: "agent",
  collab_tool_call: "agent",
  imageView: "view_image",
};

export function isToolItem(item: JsonObject): boolean {
  return toolNames[stringAt(item, "type") ?? ""] !== undefined;
}

/** The start of a tool item. */
export function toolUseItem(item: JsonObject): RunItem {
  return {
    type: "tool_use",
    callId: stringAt(item, "id") ?? "",
    tool: toolName(item),
    input: toolInput(item),
  };
}

/** The end of a tool item. */
export function toolResultItem(item: JsonObject): RunItem {
  const status = stringAt(item, "status");
  const exitCode = item["exitCode"] ?? item["exit_code"];
  const failed = status === "failed" || status === "declined" || isJsonObject(item["error"]);
  return {
    type: "tool_result",
    callId: stringAt(item, "id") ?? "",
    output: toolOutput(item),
    isError: failed || (typeof exitCode === "number" && exitCode !== 0),
  };
}

function toolName(item: JsonObject): string {
  const type = stringAt(item, "type") ?? "";
  const tool = stringAt(item, "tool");
  if (type === "mcpToolCall" || type === "mcp_tool_call") {
    return `${stringAt(item, "server") ?? "mcp"}.${tool ?? "tool"}`;
  }
  return tool ?? toolNames[type] ?? type;
}

function toolInput(item: JsonObject): unknown {
  const command = stringAt(item, "command");
  if (command !== null) return { command };
  if (Array.isArray(item["changes"])) return { changes: item["changes"] };
  if (item["arguments"] !== undefined) return item["arguments"];
  const query = stringAt(item, "query");
  return query === null ? {} : { query };
}

function toolOutput(item: JsonObject): string {
  const output = stringAt(item, "aggregatedOutput") ?? stringAt(item, "aggregated_output");
  if (output !== null) return output;
  const error = item["error"];
  if (isJsonObject(error)) return stringAt(error, "message") ?? JSON.stringify(error);
  const result = item["result"];
  if (result !== undefined && result !== null) return JSON.stringify(result);
  const changes = arrayAt(item, "changes");
  return changes
    .map((change) => (isJsonObject(change) ? (stringAt(change, "path") ?? "") : ""))
    .join("\n");
}

/** Text of a reasoning item: its summary, or its content where there is none. */
export function reasoningText(item: JsonObject): string {
  const text = stringAt(item, "text");
  if (text !== null) return text;
  const parts = [...arrayAt(item, "summary"), ...arrayAt(item, "content")];
  return parts.filter((part) => typeof part === "string").join("\n\n");
}
