import type { JsonObject } from "../../core/json.ts";
import type { RunOptions } from "../../core/types.ts";

/** Parameters that `thread/start` and `thread/resume` share. Approvals are off: nobody is there. */
export function codexThreadParameters(options: RunOptions): JsonObject {
  return {
    cwd: options.workDirectory,
    approvalPolicy: "never",
    sandbox: "danger-full-access",
    ...(options.model === null ? {} : { model: options.model }),
    config: {
      ...toolEnvironment,
      ...(options.effort === null ? {} : { model_reasoning_effort: options.effort }),
    },
    ...(options.systemPrompt === null ? {} : { developerInstructions: options.systemPrompt }),
  };
}

/**
 * Tools get the environment that the run was given. A login shell, Codex's default, reads
 * `/etc/profile`, which sets PATH anew on Debian among others, and versions before the default
 * changed drop every variable with TOKEN in its name: without PATH and token an agent cannot
 * speak to its own issue. Dotted names are how a single key of a table is overridden.
 */
const toolEnvironment: JsonObject = {
  allow_login_shell: false,
  "shell_environment_policy.ignore_default_excludes": true,
};
