import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { RunOptions } from "../core/types.ts";

/**
 * Session files of Claude Code: `projects/<work directory with dashes>/<session>.jsonl`, with the
 * subagents of the session in a folder beside it. The folder's name is looked up instead of made,
 * because how it is derived from the directory differs between versions.
 */
export function claudeSessionFiles(options: RunOptions, sessionId: string): readonly string[] {
  const { environment } = options;
  const home =
    environment["CLAUDE_CONFIG_DIR"] ?? join(environment["HOME"] ?? homedir(), ".claude");
  const projects = join(home, "projects");
  return entriesOf(projects).flatMap((project) => {
    const folder = join(projects, project);
    const names = entriesOf(folder);
    if (!names.includes(`${sessionId}.jsonl`)) return [];
    const subagents = join(folder, sessionId, "subagents");
    const others = entriesOf(subagents).filter((name) => name.endsWith(".jsonl"));
    return [join(folder, `${sessionId}.jsonl`), ...others.map((name) => join(subagents, name))];
  });
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // No such folder: the CLI has not written anything.
    return [];
  }
}
