/** A JSON object as it comes from outside: nothing about its members is known. */
export type JsonObject = { readonly [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses text that should hold a JSON object; null for anything else. */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The member as an object, or an empty one. */
export function objectAt(value: JsonObject, key: string): JsonObject {
  const member = value[key];
  return isJsonObject(member) ? member : {};
}

/** The objects of a list; none when the member is no list. */
export function objectsAt(value: JsonObject, key: string): readonly JsonObject[] {
  const member = value[key];
  return Array.isArray(member) ? member.filter(isJsonObject) : [];
}

/** A text that is not empty, or null. */
export function textAt(value: JsonObject, key: string): string | null {
  const member = value[key];
  return typeof member === "string" && member !== "" ? member : null;
}

/** A count: finite, rounded down, never negative; 0 when missing. */
export function countAt(value: JsonObject, key: string): number {
  const member = value[key];
  return typeof member === "number" && Number.isFinite(member)
    ? Math.max(0, Math.floor(member))
    : 0;
}
