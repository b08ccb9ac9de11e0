import { isDeepStrictEqual } from "node:util";
import { agents } from "@headcount/contract/agents/routes";
import type { ParsedInputOf } from "@headcount/contract/kit/route";
import { AppError } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { AgentRow } from "./agent-rows.ts";
import { assertUsableRuntime } from "./assert-usable-runtime.ts";
import { emitAgent } from "./emit-agent.ts";
import { lockAgent } from "./lock-agent.ts";
import { refuseTakenName } from "./name-taken.ts";
import { getAgent } from "./read-agents.ts";
import { type AgentConfiguration, updateAgentRow } from "./store.ts";

type Input = ParsedInputOf<typeof agents.update>;

/** Changes what an agent is; tasks that are claimed later get it, running ones keep what they have. */
export const updateAgent = command(agents.update, async (ctx, input) => {
  const before = await lockAgent(ctx, input.agentId, "agent.edit");
  if (input.expectedRevision !== undefined && input.expectedRevision !== before.revision) {
    throw await revisionConflict(ctx, before);
  }
  const { configuration, daemonToWake } = await configure(ctx, before, input);
  const changed = changedFields(before, configuration);
  if (changed.length === 0) return getAgent(ctx, before.id);
  const revision = await refuseTakenName(
    configuration.name,
    updateAgentRow(ctx, before.id, configuration),
  );
  emitAgent(ctx, "agent.updated", { id: before.id, revision }, changed);
  const { signal } = ctx.services;
  if (daemonToWake !== null) {
    ctx.afterCommit(() => signal({ topic: "daemon", daemonId: daemonToWake, hint: "work" }));
  }
  return getAgent(ctx, before.id);
});

/** The configuration after the write, and the machine that may have new work by it. */
async function configure(
  ctx: WorkspaceContext,
  before: AgentRow,
  input: Input,
): Promise<{ configuration: AgentConfiguration; daemonToWake: string | null }> {
  const runtimeId = input.runtimeId === undefined ? before.runtimeId : input.runtimeId;
  const isMoved = runtimeId !== before.runtimeId;
  const runtime =
    runtimeId !== null && isMoved
      ? await assertUsableRuntime(ctx, runtimeId, before.ownerId)
      : null;
  // Models and efforts are words of one CLI; another one would refuse or misread them.
  const keepsWords = runtime === null || before.cli === null || runtime.cli === before.cli;
  return {
    configuration: {
      name: input.name ?? before.name,
      description: input.description ?? before.description,
      instructions: input.instructions ?? before.instructions,
      runtimeId,
      model: input.model === undefined ? keptIf(keepsWords, before.model) : input.model,
      effort: input.effort === undefined ? keptIf(keepsWords, before.effort) : input.effort,
      arguments: input.arguments ?? before.arguments,
      maxConcurrentTasks: input.limits?.maxConcurrentTasks ?? before.maxConcurrentTasks,
      wallClockMinutes:
        input.limits?.wallClockMinutes === undefined
          ? before.wallClockMinutes
          : input.limits.wallClockMinutes,
    },
    daemonToWake: runtime?.daemonId ?? before.daemonId,
  };
}

const keptIf = <T>(isKept: boolean, value: T): T | null => (isKept ? value : null);

const fields = [
  "name",
  "description",
  "instructions",
  "runtimeId",
  "model",
  "effort",
  "arguments",
  "maxConcurrentTasks",
  "wallClockMinutes",
] as const;

function changedFields(before: AgentRow, after: AgentConfiguration): string[] {
  return fields.filter((field) => !isDeepStrictEqual(before[field], after[field]));
}

async function revisionConflict(ctx: WorkspaceContext, before: AgentRow): Promise<AppError> {
  return new AppError("conflict", "Somebody else changed this agent meanwhile. Reload it.", {
    reason: "revision_conflict",
    details: { current: await getAgent(ctx, before.id) },
  });
}
