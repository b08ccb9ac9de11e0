import type { AgentId } from "@headcount/contract/kit/ids";
import { mcpSecrets } from "@headcount/domain/agents/mcp-secrets";
import { redactStrings } from "@headcount/redaction/redact-strings";
import { createRedactor, type Redactor } from "@headcount/redaction/redactor";
import type { Actor, WorkspaceContext } from "../platform/context.ts";
import { openMcpServers } from "./mcp-servers.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "services">;

/**
 * Removes what must not be stored from what an agent says: keys by their shape, and the values of
 * its own environment and MCP servers. Its machine has done so already; this is the second wall.
 */
export async function readAgentRedactor(ctx: Ctx, agentId: AgentId): Promise<Redactor> {
  const redactorOf = await readAgentRedactors(ctx, [agentId]);
  return redactorOf(agentId);
}

/**
 * The same for several agents at once.
 * @throws when one of their values was sealed with another instance key
 */
export async function readAgentRedactors(
  ctx: Ctx,
  agentIds: readonly AgentId[],
): Promise<(agentId: AgentId) => Redactor> {
  const [variables, agents] = await Promise.all([
    ctx.sql<{ agentId: AgentId; valueEncrypted: Buffer }[]>`
      select agent_id, value_encrypted from agent_environment
      where workspace_id = ${ctx.workspaceId} and agent_id = any(${agentIds}::uuid[])`,
    ctx.sql<{ agentId: AgentId; mcpServersEncrypted: Buffer | null }[]>`
      select id as agent_id, mcp_servers_encrypted from agents
      where workspace_id = ${ctx.workspaceId} and id = any(${agentIds}::uuid[])`,
  ]);
  const secrets = new Map(agentIds.map((agentId): [AgentId, string[]] => [agentId, []]));
  for (const { agentId, valueEncrypted } of variables) {
    secrets.get(agentId)?.push(ctx.services.secrets.decrypt(valueEncrypted));
  }
  for (const { agentId, mcpServersEncrypted } of agents) {
    const servers = openMcpServers(ctx, mcpServersEncrypted) ?? {};
    secrets.get(agentId)?.push(...mcpSecrets(servers));
  }
  const redactors = new Map(
    [...secrets].map(([agentId, values]) => {
      return [agentId, createRedactor({ secrets: values, homes: [] })] as const;
    }),
  );
  return (agentId) => redactors.get(agentId) ?? raise(agentId);
}

function raise(agentId: AgentId): never {
  throw new Error(`The secrets of agent ${agentId} were not read`);
}

/** A write as its author may store it: a person's own words stay as they are. */
export async function storable<T>(ctx: Ctx & { readonly actor: Actor }, write: T): Promise<T> {
  if (ctx.actor.kind !== "agent") return write;
  return redactStrings(write, await readAgentRedactor(ctx, ctx.actor.agentId));
}
