import { z } from "zod";
import { AppError } from "./app-error.ts";

/** Cursors are opaque to clients: base64url of the last row's sort values. */
export function encodeCursor(place: Record<string, string | number>): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** What may stand in a cursor. A point in time is one of JavaScript's, an id is a UUID. */
export const cursorValue = {
  id: z.guid(),
  instant: z.iso.datetime(),
  flag: z.int().min(0).max(1),
  text: z.string().max(1_000),
};

/** @throws invalid for a text that {@link encodeCursor} did not make for this list */
export function decodeCursor<T extends z.ZodType>(
  cursor: string | undefined,
  place: T,
): z.infer<T> | null {
  if (cursor === undefined) return null;
  const decoded = place.safeParse(parseJson(Buffer.from(cursor, "base64url").toString("utf8")));
  if (decoded.success) return decoded.data;
  throw new AppError("invalid", "The cursor is not one of this list. Start from the first page.", {
    reason: "cursor.invalid",
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No place has this shape, so it is refused like any other unreadable cursor.
    return undefined;
  }
}
