import { readFileSync } from "node:fs";
import type { CliSpec } from "./cli-spec.ts";
import { parseJsonObject, stringAt, type JsonObject } from "./json.ts";
import type { RunOptions } from "./types.ts";

/** Lines of a CLI's session files that were written since the run began, or head the file. */
export function readSessionFiles(
  spec: CliSpec,
  options: RunOptions,
  sessionId: string,
): readonly JsonObject[] {
  const files = spec.quirks.sessionFiles?.(options, sessionId) ?? [];
  return files
    .flatMap((file) => jsonLines(file))
    .filter((line) => describesSession(line) || writtenSince(line, options.startedAtMs));
}

/** All JSON objects of a file with one per line; a missing file has none. */
export function jsonLines(file: string): readonly JsonObject[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  return text
    .split("\n")
    .map((line) => parseJsonObject(line))
    .filter((line) => line !== null);
}

/** First line of a Codex rollout: it says who serves the model, also for later runs. */
function describesSession(line: JsonObject): boolean {
  return line["type"] === "session_meta";
}

function writtenSince(line: JsonObject, startedAtMs: number): boolean {
  const at = Date.parse(stringAt(line, "timestamp") ?? "");
  return Number.isFinite(at) && at >= startedAtMs;
}
