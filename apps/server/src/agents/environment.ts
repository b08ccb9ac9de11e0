import type { AgentId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

/**
 * An agent's variables in plain text. They leave the server through two doors only: the audited
 * route for people, and the payload of a claim.
 * @throws when they were sealed with another instance key
 */
export async function readAgentEnvironment(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId" | "services">,
  agentId: AgentId,
): Promise<Record<string, string>> {
  const rows = await ctx.sql<{ name: string; valueEncrypted: Buffer }[]>`
    select name, value_encrypted from agent_environment
    where workspace_id = ${ctx.workspaceId} and agent_id = ${agentId} order by name`;
  return Object.fromEntries(
    rows.map((row) => [row.name, ctx.services.secrets.decrypt(row.valueEncrypted)]),
  );
}
