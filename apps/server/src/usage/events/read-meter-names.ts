import type { UsageEventExplanation } from "@headcount/contract/usage/event-schemas";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { MeterPlace } from "../ledger/meter.ts";

type Names = Pick<UsageEventExplanation, "issue" | "project" | "agent" | "runtime" | "member">;

type NamesRow = {
  issue: string | null;
  project: string | null;
  agent: string | null;
  runtime: string | null;
  member: string | null;
};

/** What usage is booked to, with the names of today; what is deleted keeps the name it had. */
export async function readMeterNames(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  { issueId, projectId, agentId, runtimeId, memberId }: MeterPlace,
): Promise<Names> {
  const { sql, workspaceId } = ctx;
  const [row] = await sql<NamesRow[]>`
    select
      (select w.issue_prefix || '-' || i.number || ' ' || i.title from issues i
        join workspaces w on w.workspace_id = i.workspace_id
        where i.workspace_id = ${workspaceId} and i.id = ${issueId}) as issue,
      (select title from projects
        where workspace_id = ${workspaceId} and id = ${projectId}) as project,
      (select name from agents where workspace_id = ${workspaceId} and id = ${agentId}) as agent,
      (select coalesce(custom_name, machine_name || ' · ' || cli_title) from runtimes
        where workspace_id = ${workspaceId} and id = ${runtimeId}) as runtime,
      (select name from users where id = ${memberId}) as member`;
  const named = (id: string | null, name: string | null | undefined) =>
    id === null ? null : { id, name: name ?? null };
  return {
    issue: named(issueId, row?.issue),
    project: named(projectId, row?.project),
    agent: named(agentId, row?.agent),
    runtime: named(runtimeId, row?.runtime),
    member: named(memberId, row?.member),
  };
}
