/**
 * Replaces `${name}` in every string of a JSON value. A name without a value stays as it is, so
 * that text which only looks like a placeholder survives.
 */
export function fillPlaceholders(
  value: unknown,
  values: Readonly<Record<string, string>>,
): unknown {
  if (typeof value === "string") {
    return value.replace(
      /\$\{(\w+)\}/g,
      (placeholder, name: string) => values[name] ?? placeholder,
    );
  }
  if (Array.isArray(value)) return value.map((item) => fillPlaceholders(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillPlaceholders(item, values)]),
  );
}
