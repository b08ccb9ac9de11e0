const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * Reads `30s`, `5m`, `2h`, `500ms` as milliseconds, and `off` as null.
 *
 * @throws Error that names the setting when the text is something else
 */
export function parseDurationMs(name: string, text: string): number | null {
  if (text === "off") return null;
  const match = /^(\d+)(ms|s|m|h)$/.exec(text.trim());
  const unit = unitMs[match?.[2] ?? ""];
  if (match === null || unit === undefined) {
    throw new Error(`${name} is "${text}"; write a duration such as 30s, 5m, 2h, or off`);
  }
  return Number(match[1]) * unit;
}
