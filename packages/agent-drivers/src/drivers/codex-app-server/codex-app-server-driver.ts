import { rmSync } from "node:fs";
import type { Driver } from "../../core/driver.ts";
import { failedRun } from "../../core/failed-run.ts";
import { startRun } from "../../core/start-run.ts";
import { createCodexAppServerMapper } from "../../mappers/codex-app-server.ts";
import { createCodexConversation } from "./codex-conversation.ts";
import { prepareCodexHome, type CodexHome } from "./codex-home.ts";

/** Drives Codex through its app server. */
export const codexAppServerDriver: Driver = (spec, options, sink) => {
  let home: CodexHome | null;
  try {
    const needsHome = options.mcpConfig !== null || options.usesPrivateHome === true;
    home = needsHome ? prepareCodexHome(options) : null;
  } catch (error) {
    return failedRun(error, sink);
  }
  const environment =
    home === null ? options.environment : { ...options.environment, CODEX_HOME: home.directory };
  const mapper = createCodexAppServerMapper({
    model: options.model,
    resumeSessionId: options.resumeSessionId,
    baseline: null,
    usage: spec.usage,
  });
  const prepared = { ...options, environment };
  const agent = startRun(spec, prepared, sink, {
    mapper,
    converse: (controls) => createCodexConversation(prepared, mapper, controls),
  });
  const result = agent.result.finally(() => {
    if (home !== null) rmSync(home.secretFile, { force: true });
  });
  return { ...agent, result };
};
