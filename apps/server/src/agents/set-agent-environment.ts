import { agents } from "@headcount/contract/agents/routes";
import { allowedEnvironment, keptValue } from "@headcount/domain/agents/environment-rules";
import { command } from "../platform/command.ts";
import { emitAgent } from "./emit-agent.ts";
import { readAgentEnvironment } from "./environment.ts";
import { lockAgent } from "./lock-agent.ts";
import { bumpAgent, replaceEnvironment } from "./store.ts";

export const setAgentEnvironment = command(agents.setEnvironment, async (ctx, input) => {
  const agent = await lockAgent(ctx, input.agentId, "agent.environment");
  const stored = await readAgentEnvironment(ctx, agent.id);
  const { allowed, skipped } = allowedEnvironment(input.variables);
  const wanted = resolveKept(allowed, stored);
  const names = Object.keys(wanted).toSorted();
  const written = names.filter((name) => wanted[name] !== stored[name]);
  const removed = Object.keys(stored).filter((name) => !(name in wanted));
  const reply = { environmentKeys: names, skipped: [...skipped] };
  if (written.length === 0 && removed.length === 0) return reply;
  const sealed = written.map((name) => ({
    name,
    value: ctx.services.secrets.encrypt(wanted[name] ?? ""),
  }));
  await replaceEnvironment(ctx, agent.id, names, sealed);
  const revision = await bumpAgent(ctx, agent.id);
  emitAgent(ctx, "agent.updated", { id: agent.id, revision }, ["environment"]);
  await ctx.audit({
    action: "agent.environment_changed",
    target: agent.id,
    details: { written, removed },
  });
  return reply;
});

/** The placeholder keeps what is stored; where nothing is stored there is nothing to keep. */
function resolveKept(
  variables: Readonly<Record<string, string>>,
  stored: Readonly<Record<string, string>>,
): Record<string, string> {
  const entries = Object.entries(variables).flatMap(([name, value]) => {
    const resolved = value === keptValue ? stored[name] : value;
    return resolved === undefined ? [] : [[name, resolved] as const];
  });
  return Object.fromEntries(entries);
}
