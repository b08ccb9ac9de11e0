import type { AgentId } from "@headcount/contract/kit/ids";
import { redactStrings } from "@headcount/redaction/redact-strings";
import { createRedactor, type Redactor } from "@headcount/redaction/redactor";
import type { Actor, WorkspaceContext } from "../platform/context.ts";
import { mcpSecrets } from "@headcount/domain/agents/mcp-secrets";
import { readAgentEnvironment } from "./environment.ts";
import { readAgentMcpServers } from "./mcp-servers.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "services">;

/**
 * Removes what must not be stored from what an agent says: keys by their shape, and the values of
 * its own environment and MCP servers. Its machine has done so already; this is the second wall.
 */
export async function readAgentRedactor(ctx: Ctx, agentId: AgentId): Promise<Redactor> {
  const [environment, mcpServers] = await Promise.all([
    readAgentEnvironment(ctx, agentId),
    readAgentMcpServers(ctx, agentId),
  ]);
  const secrets = [...Object.values(environment), ...mcpSecrets(mcpServers ?? {})];
  return createRedactor({ secrets, homes: [] });
}

/** A write as its author may store it: a person's own words stay as they are. */
export async function storable<T>(ctx: Ctx & { readonly actor: Actor }, write: T): Promise<T> {
  if (ctx.actor.kind !== "agent") return write;
  return redactStrings(write, await readAgentRedactor(ctx, ctx.actor.agentId));
}
