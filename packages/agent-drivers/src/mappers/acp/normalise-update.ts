import { isJsonObject, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";

/**
 * Brings the spellings of a `session/update` that exist in the field into the standard one: the
 * kind under `sessionUpdate`, in snake case. Handles updates that name their kind under `type` and
 * those that wrap themselves in an object with the kind as its only key.
 */
export function normaliseUpdate(update: JsonObject): JsonObject {
  const kind = stringAt(update, "sessionUpdate") ?? stringAt(update, "type");
  if (kind !== null) return { ...update, sessionUpdate: snakeCase(kind) };
  const [key, ...others] = Object.keys(update);
  const inner = key === undefined ? null : update[key];
  if (key === undefined || others.length > 0 || !isJsonObject(inner)) return update;
  return { ...inner, sessionUpdate: snakeCase(key) };
}

function snakeCase(text: string): string {
  return text.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
