import type { JsonObject } from "./json.ts";

/** A list of models with the fields that both OpenAI and Anthropic clients look for. */
export function modelList(ids: readonly string[]): JsonObject {
  return {
    object: "list",
    has_more: false,
    first_id: ids[0],
    last_id: ids.at(-1),
    data: ids.map((id) => ({
      id,
      object: "model",
      type: "model",
      display_name: id,
      created: 0,
      created_at: "2025-01-01T00:00:00Z",
      owned_by: "fake",
    })),
  };
}
