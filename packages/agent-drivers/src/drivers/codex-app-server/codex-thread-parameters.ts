import type { JsonObject } from "../../core/json.ts";
import type { RunOptions } from "../../core/types.ts";

/** Parameters that `thread/start` and `thread/resume` share. Approvals are off: nobody is there. */
export function codexThreadParameters(options: RunOptions): JsonObject {
  return {
    cwd: options.workDirectory,
    approvalPolicy: "never",
    sandbox: "danger-full-access",
    ...(options.model === null ? {} : { model: options.model }),
    ...(options.effort === null ? {} : { config: { model_reasoning_effort: options.effort } }),
    ...(options.systemPrompt === null ? {} : { developerInstructions: options.systemPrompt }),
  };
}
