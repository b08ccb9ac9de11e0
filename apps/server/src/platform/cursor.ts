import { AppError } from "./app-error.ts";

/** Cursors are opaque to clients: base64url of the last row's sort values. */
export function encodeCursor(place: Record<string, string | number>): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** @throws invalid for a text that {@link encodeCursor} did not make */
export function decodeCursor<T extends Record<string, string | number>>(
  cursor: string | undefined,
): T | null {
  if (cursor === undefined) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (place !== null && typeof place === "object" && Object.values(place).every(isScalar))
      return place as T;
  } catch {
    // Falls through to the same refusal as any other unreadable cursor.
  }
  throw new AppError("invalid", "The cursor is not one of this list. Start from the first page.", {
    reason: "cursor.invalid",
  });
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}
