/** A JSON object of unknown content. Requests come from foreign programs: nothing in it is sure. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value itself when it is an object, else an empty one. */
export function objectOf(value: unknown): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return value as JsonObject;
}

/** The objects in a list; empty when the value is no list. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

/** The value itself when it is a string, else undefined. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
