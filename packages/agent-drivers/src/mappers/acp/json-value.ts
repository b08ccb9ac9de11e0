import { isJsonObject } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";

/** The value as an object; empty for everything else. */
export function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** True for what says nothing: null, "", [] and {}. */
export function isEmptyValue(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}
