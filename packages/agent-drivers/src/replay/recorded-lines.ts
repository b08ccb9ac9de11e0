import { isJsonObject, parseJsonObject } from "../core/json.ts";

/**
 * Takes the lines a CLI wrote out of a recording. A recording is its plain stdout, or lines of
 * `{ms, dir, msg | text}` that hold both directions.
 */
export function recordedLines(recording: string): readonly string[] {
  const lines = recording.split("\n").map((line) => line.replace(/\r$/, ""));
  if (lines.at(-1) === "") lines.pop();
  return lines.flatMap((line): readonly string[] => {
    const entry = parseJsonObject(line);
    const bothWays = entry !== null && (entry["dir"] === "send" || entry["dir"] === "recv");
    if (!bothWays) return [line];
    if (entry["dir"] === "send") return [];
    if (isJsonObject(entry["msg"])) return [JSON.stringify(entry["msg"])];
    return typeof entry["text"] === "string" ? [entry["text"]] : [];
  });
}
