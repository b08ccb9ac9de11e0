import { arrayAt, isJsonObject, objectAt, stringAt, type JsonObject } from "../core/json.ts";
import type { RunItem } from "../core/types.ts";

type Marks = { readonly subagent?: true };

/** Text, thinking and tool calls of one `assistant` line. */
export function itemsOfAssistant(line: JsonObject): readonly RunItem[] {
  const marks = subagentMark(line);
  return arrayAt(objectAt(line, "message"), "content").flatMap((block): readonly RunItem[] => {
    if (!isJsonObject(block)) return [];
    const text = stringAt(block, block["type"] === "thinking" ? "thinking" : "text") ?? "";
    switch (block["type"]) {
      case "text":
        return text === "" ? [] : [{ type: "text", text, ...marks }];
      case "thinking":
        return text === "" ? [] : [{ type: "thinking", text, ...marks }];
      case "tool_use":
      case "server_tool_use":
        return [
          {
            type: "tool_use",
            callId: stringAt(block, "id") ?? "",
            tool: stringAt(block, "name") ?? "unknown",
            input: block["input"] ?? {},
            ...marks,
          },
        ];
      default:
        return [];
    }
  });
}

/** Tool results of one `user` line. Its texts are prompts, not steps of the run. */
export function itemsOfUser(line: JsonObject): readonly RunItem[] {
  const marks = subagentMark(line);
  return arrayAt(objectAt(line, "message"), "content").flatMap((block): readonly RunItem[] => {
    if (!isJsonObject(block) || block["type"] !== "tool_result") return [];
    return [
      {
        type: "tool_result",
        callId: stringAt(block, "tool_use_id") ?? "",
        output: textOfContent(block["content"]),
        isError: block["is_error"] === true,
        ...marks,
      },
    ];
  });
}

/** True when a tool said that it goes on in the background, where nobody would wait for it. */
export function startedInBackground(line: JsonObject): boolean {
  const result = objectAt(line, "tool_use_result");
  return (
    result["status"] === "async_launched" ||
    result["isAsync"] === true ||
    typeof result["backgroundTaskId"] === "string"
  );
}

function subagentMark(line: JsonObject): Marks {
  return stringAt(line, "parent_tool_use_id") === null ? {} : { subagent: true };
}

/** Joins the text of a content value; parts that are not text are named by their type. */
export function textOfContent(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return content === undefined ? "" : JSON.stringify(content);
  return content
    .map((part: unknown) => {
      if (!isJsonObject(part)) return String(part);
      return stringAt(part, "text") ?? `[${stringAt(part, "type") ?? "part"}]`;
    })
    .join("\n");
}
