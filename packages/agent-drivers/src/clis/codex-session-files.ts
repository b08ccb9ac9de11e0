import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { RunOptions } from "../core/types.ts";

/** Rollout files of a Codex thread: `sessions/<year>/<month>/<day>/rollout-<time>-<thread>.jsonl`. */
export function codexSessionFiles(options: RunOptions, threadId: string): readonly string[] {
  const { environment } = options;
  const home = environment["CODEX_HOME"] ?? join(environment["HOME"] ?? homedir(), ".codex");
  const sessions = join(home, "sessions");
  try {
    return readdirSync(sessions, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(`-${threadId}.jsonl`))
      .map((name) => join(sessions, name));
  } catch {
    // No such folder: the CLI has not written anything.
    return [];
  }
}
