import { z } from "zod";

/** Point in time, ISO 8601 with offset; the server writes UTC with milliseconds. */
export const Instant = z.iso.datetime({ offset: true });
export type Instant = z.infer<typeof Instant>;

/** US dollars as a decimal string, exact to 1e-12: `"0.004215"`. Never a float. */
export const UsdAmount = z.string().regex(/^-?\d+(\.\d{1,12})?$/);
export type UsdAmount = z.infer<typeof UsdAmount>;

/**
 * A count of tokens. A JSON number while it is exactly representable (≤ 2^53 − 1), a decimal
 * string beyond that, so that no sum is ever rounded.
 */
export const TokenCount = z.union([z.int().nonnegative(), z.string().regex(/^\d{16,}$/)]);
export type TokenCount = z.infer<typeof TokenCount>;

/** IANA time zone name that this JavaScript engine knows. */
export const TimeZone = z
  .string()
  .min(1)
  .max(64)
  .refine(isKnownTimeZone, { message: "is not an IANA time zone name" });

function isKnownTimeZone(name: string): boolean {
  // The engine also takes bare offsets such as +05:30, which are no names.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** NUL bytes and lone surrogates cannot be stored or displayed; they are removed where text enters. */
export function sanitizeText(text: string): string {
  const cleared = text.includes("\u0000") ? text.replaceAll("\u0000", "") : text;
  // With the u flag, whole pairs are one character and only halves are of this category.
  return cleared.isWellFormed() ? cleared : cleared.replaceAll(/\p{Surrogate}/gu, "");
}

/** Applies {@link sanitizeText} to every key and string inside a JSON value, at any depth. */
export function sanitizeJson(value: unknown): unknown {
  if (typeof value === "string") return sanitizeText(value);
  if (Array.isArray(value)) return value.map(sanitizeJson);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [sanitizeText(key), sanitizeJson(inner)]),
  );
}

/** Free text with a maximum length; sanitised, not trimmed. */
export const text = (maxLength: number) => z.string().overwrite(sanitizeText).max(maxLength);

/** One line of text: sanitised, white space collapsed and trimmed, at least one character. */
export const line = (maxLength: number) =>
  z
    .string()
    .overwrite((value) => sanitizeText(value).replace(/\s+/g, " ").trim())
    .min(1)
    .max(maxLength);

/** A list in a query string: `a,b` or repeated parameters. */
export const queryList = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (typeof value === "string" ? value.split(",").filter((part) => part !== "") : value),
    z.array(item).max(100),
  );

/** A flag in a query string. */
export const queryFlag = z.union([
  z.boolean(),
  z.enum(["true", "false", "1", "0"]).transform((value) => value === "true" || value === "1"),
]);

/** Paging of lists: keyset cursors, stable under inserts. */
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1_000).optional(),
};

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Path parameter of every workspace route: the workspace's id or slug. */
export const workspacePath = { workspace: z.string().min(1).max(100) };
