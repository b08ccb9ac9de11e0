import { parseJsonObject, type JsonObject } from "../core/json.ts";

/**
 * The last JSON object that starts at the beginning of a line, reaches to the end of the text and
 * has the member; null when there is none. What stands before it is taken for log output.
 */
export function lastObjectWith(lines: readonly string[], member: string): JsonObject | null {
  for (let start = lines.length - 1; start >= 0; start -= 1) {
    // A line that is indented belongs to an object that began earlier.
    if (lines[start]?.startsWith("{") !== true) continue;
    const found = parseJsonObject(lines.slice(start).join("\n"));
    if (found !== null && member in found) return found;
  }
  return null;
}
