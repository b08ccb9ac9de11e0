import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCodexRollout } from "../../mappers/acp/read-codex-rollout.ts";
import type { FindCalls } from "./found-call.ts";

/** Source of figures that are read from the rollout files of a Codex behind a bridge. */
export const codexRolloutSource = "codex.rollout-files";

/**
 * Model calls of this run in Codex's rollout file,
 * `<home>/sessions/<year>/<month>/<day>/rollout-<time>-<thread>.jsonl`; the bridge's session id is
 * the thread's.
 */
export const findCodexCalls: FindCalls = ({ environment, startedAtMs }, sessionId) => {
  const home = environment["CODEX_HOME"] ?? join(environment["HOME"] ?? "", ".codex");
  // The id comes from the agent and becomes part of a path.
  if (!/^[\w-]+$/.test(sessionId)) return [];
  const files = globSync(`sessions/*/*/*/rollout-*-${sessionId}.jsonl`, { cwd: home });
  return files.flatMap((file) =>
    readCodexRollout(readFileSync(join(home, file), "utf8"), startedAtMs).map((call) => ({
      ...call,
      role: "main" as const,
    })),
  );
};
