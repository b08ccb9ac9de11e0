import { parseJsonObject } from "../core/json.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import { createCodexAppServerMapper } from "./codex-app-server.ts";
import { createCodexExecMapper } from "./codex-exec.ts";

/**
 * Reads either stream of Codex: messages of its app server, or lines of `exec --json`, which are
 * told apart by the first line that is one or the other.
 */
export function createCodexMapper(input: MapperInput): RunMapper {
  const appServer = createCodexAppServerMapper(input);
  let chosen: RunMapper | null = null;
  const current = (): RunMapper => chosen ?? appServer;
  return {
    accept(line) {
      const message = chosen === null ? parseJsonObject(line) : null;
      if (message !== null) {
        chosen = typeof message["type"] === "string" ? createCodexExecMapper(input) : appServer;
      }
      return current().accept(line);
    },
    acceptSessionFile: (lines) => current().acceptSessionFile?.(lines) ?? [],
    isTerminal: () => current().isTerminal(),
    finish: (ending) => current().finish(ending),
    sessionTotals: () => current().sessionTotals?.() ?? null,
  };
}
