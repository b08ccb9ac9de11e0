import { objectAt, stringAt, type JsonObject } from "../../core/json.ts";

/** Tools that ask a person; nobody is there to answer. */
const questions: ReadonlySet<string> = new Set(["AskUserQuestion"]);

/** Tools that can go on in the background, where nobody would wait for them. */
const backgroundTools: ReadonlySet<string> = new Set(["Bash", "Agent", "Task"]);

export type PermissionAnswer =
  | { readonly behavior: "allow"; readonly updatedInput: JsonObject }
  | { readonly behavior: "deny"; readonly message: string };

/**
 * Answers a `can_use_tool` question for this one call. Suggested permanent rules are never taken
 * over.
 */
export function answerPermission(request: JsonObject): PermissionAnswer {
  const tool = stringAt(request, "tool_name") ?? "";
  if (questions.has(tool)) {
    return { behavior: "deny", message: "Nobody can answer questions here. Decide and go on." };
  }
  const input = objectAt(request, "input");
  const mayDetach = backgroundTools.has(tool) || "run_in_background" in input;
  const updatedInput = mayDetach ? { ...input, run_in_background: false } : input;
  return { behavior: "allow", updatedInput };
}
