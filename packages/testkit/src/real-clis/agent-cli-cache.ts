import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY_ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

/**
 * The folder that installed agent CLIs are kept in, outside of the lockfile and of git:
 * `HEADCOUNT_AGENT_CLI_CACHE`, or `.cache/agent-clis` in the repository.
 */
export function agentCliCache(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment["HEADCOUNT_AGENT_CLI_CACHE"];
  if (chosen === undefined || chosen === "") return join(REPOSITORY_ROOT, ".cache", "agent-clis");
  return resolve(chosen);
}
