import type {
  AgentId,
  CommentId,
  DaemonId,
  IssueId,
  RuntimeId,
  TaskId,
} from "@headcount/contract/kit/ids";
import type { LocalDirectory } from "@headcount/contract/projects/directory";
import type { FailureReason } from "@headcount/contract/tasks/states";
import type { QuotedAuthor } from "@headcount/domain/briefs/quote-text";
import type { PromptComment } from "@headcount/domain/briefs/render-turn-prompt";
import type { SessionUse } from "@headcount/domain/tasks/resume";
import { readSkillsOfAgents, type SkillsOf } from "../skills/skills-of-agents.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Candidate } from "./candidate.ts";
import { commentsOf } from "./task-row.ts";

type WorkspaceFacts = {
  readonly workspaceSlug: string;
  readonly workspaceName: string;
  readonly workspaceContext: string;
  readonly workspaceRepositories: readonly { url: string; description?: string }[];
  readonly issuePrefix: string;
};

type TaskFacts = {
  readonly taskId: TaskId;
  readonly issueId: IssueId;
  readonly issueNumber: number;
  readonly issueTitle: string;
  readonly projectTitle: string | null;
  readonly projectDescription: string | null;
  readonly projectRepositories: readonly { url: string; ref: string | null }[] | null;
  /** Folder of the runtime's machine in which the project's tasks run. */
  readonly directory: LocalDirectory | null;
  readonly agentId: AgentId;
  readonly agentName: string;
  readonly agentDescription: string;
  readonly instructions: string;
  readonly model: string | null;
  readonly effort: string | null;
  readonly arguments: readonly string[];
  readonly wallClockMinutes: number | null;
  readonly mcpServersEncrypted: Buffer | null;
  readonly runtimeId: RuntimeId;
  readonly runtimeName: string;
  readonly cli: string;
  readonly initiatorName: string | null;
  readonly retriedReason: FailureReason | null;
};

export type PayloadSubject = TaskFacts & WorkspaceFacts & { readonly issueKey: string };

/** An ended run of the same agent on the same issue that left a session or a directory. */
export type EarlierRun = Omit<SessionUse, "runtimeId"> & {
  readonly issueId: IssueId;
  readonly agentId: AgentId;
  readonly runtimeId: RuntimeId | null;
};

export type PayloadFacts = {
  readonly subjects: ReadonlyMap<TaskId, PayloadSubject>;
  readonly comments: ReadonlyMap<CommentId, PromptComment>;
  readonly environment: ReadonlyMap<AgentId, readonly { name: string; sealed: Buffer }[]>;
  readonly skillsOf: SkillsOf;
  readonly history: readonly EarlierRun[];
};

/** Reads everything that the payloads of these tasks are made of, one statement per kind of thing. */
export async function readPayloadFacts(
  ctx: WorkspaceContext,
  candidates: readonly Candidate[],
  daemonId: DaemonId,
): Promise<PayloadFacts> {
  const rows = candidates.map((candidate) => candidate.row);
  const agentIds = [...new Set(rows.map((row) => row.agentId))];
  const [subjects, workspace, comments, environment, skillsOf, history] = await Promise.all([
    readSubjects(
      ctx,
      rows.map((row) => row.id),
      daemonId,
    ),
    readWorkspaceFacts(ctx),
    readComments(ctx, rows.flatMap(commentsOf)),
    readEnvironment(ctx, agentIds),
    readSkillsOfAgents(ctx, agentIds),
    readHistory(
      ctx,
      rows.map((row) => row.issueId),
      agentIds,
    ),
  ]);
  return {
    subjects: new Map(
      subjects.map((subject) => [
        subject.taskId,
        {
          ...subject,
          ...workspace,
          issueKey: `${workspace.issuePrefix}-${subject.issueNumber}`,
        },
      ]),
    ),
    comments: new Map(comments.map((comment) => [comment.id, comment])),
    environment,
    skillsOf,
    history,
  };
}

async function readWorkspaceFacts(ctx: WorkspaceContext): Promise<WorkspaceFacts> {
  const [workspace] = await ctx.sql<WorkspaceFacts[]>`
    select w.slug as workspace_slug, w.name as workspace_name, w.context as workspace_context,
      w.repositories as workspace_repositories, w.issue_prefix
    from workspaces w where w.workspace_id = ${ctx.workspaceId}`;
  if (!workspace) throw new Error(`Workspace ${ctx.workspaceId} has no row`);
  return workspace;
}

/**
 * Names come from subqueries and the workspace from a statement of its own: the time that
 * PostgreSQL takes to plan a join grows threefold with every table in it.
 */
function readSubjects(
  ctx: WorkspaceContext,
  taskIds: readonly TaskId[],
  daemonId: DaemonId,
): Promise<TaskFacts[]> {
  return ctx.sql<TaskFacts[]>`
    select t.id as task_id, i.id as issue_id, i.number as issue_number, i.title as issue_title,
      p.title as project_title, p.description as project_description,
      p.repositories as project_repositories,
      (select jsonb_build_object('path', d.path, 'mode', d.mode) from project_directories d
        where d.workspace_id = t.workspace_id and d.project_id = p.id
          and d.machine_id = r.machine_id and d.owner_id = r.owner_id) as directory,
      a.id as agent_id, a.name as agent_name, a.description as agent_description, a.instructions,
      a.model, a.effort, a.arguments, a.wall_clock_minutes, a.mcp_servers_encrypted,
      r.id as runtime_id, r.cli,
      coalesce(r.custom_name, r.machine_name || ' · ' || r.cli_title) as runtime_name,
      case t.initiator_type
        when 'member' then (select u.name from users u where u.id = t.initiator_id)
        when 'agent' then (select ia.name from agents ia
          where ia.workspace_id = t.workspace_id and ia.id = t.initiator_id)
      end as initiator_name,
      (select retried.failure_reason from tasks retried
        where retried.workspace_id = t.workspace_id and retried.id = t.retry_of) as retried_reason
    from tasks t
    join issues i on i.workspace_id = t.workspace_id and i.id = t.issue_id
    left join projects p on p.workspace_id = i.workspace_id and p.id = i.project_id
      and p.deleted_at is null
    join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    join runtimes r on r.workspace_id = t.workspace_id and r.removed_at is null
      and r.id = case when t.status = 'queued' then a.runtime_id else t.runtime_id end
    where t.workspace_id = ${ctx.workspaceId} and t.id = any(${taskIds}::uuid[])
      and r.daemon_id = ${daemonId}`;
}

type CommentRow = {
  id: CommentId;
  threadId: CommentId;
  body: string;
  authorType: QuotedAuthor["type"];
  authorName: string | null;
};

async function readComments(
  ctx: WorkspaceContext,
  commentIds: readonly CommentId[],
): Promise<(PromptComment & { id: CommentId })[]> {
  if (commentIds.length === 0) return [];
  const rows = await ctx.sql<CommentRow[]>`
    select c.id, c.thread_id, c.body, c.author_type, coalesce(u.name, a.name) as author_name
    from comments c
    left join users u on c.author_type = 'member' and u.id = c.author_id
    left join agents a on c.author_type = 'agent' and a.workspace_id = c.workspace_id
      and a.id = c.author_id
    where c.workspace_id = ${ctx.workspaceId} and c.id = any(${commentIds}::uuid[])
      and c.deleted_at is null
    order by c.created_at, c.id`;
  return rows.map(({ id, threadId, body, authorType, authorName }) => ({
    id,
    threadId,
    body,
    author: { type: authorType, name: authorName ?? "" },
  }));
}

async function readEnvironment(
  ctx: WorkspaceContext,
  agentIds: readonly AgentId[],
): Promise<Map<AgentId, { name: string; sealed: Buffer }[]>> {
  const rows = await ctx.sql<{ agentId: AgentId; name: string; sealed: Buffer }[]>`
    select agent_id, name, value_encrypted as sealed from agent_environment
    where workspace_id = ${ctx.workspaceId} and agent_id = any(${agentIds}::uuid[])
    order by agent_id, name`;
  const byAgent = new Map<AgentId, { name: string; sealed: Buffer }[]>();
  for (const row of rows) {
    byAgent.set(row.agentId, [...(byAgent.get(row.agentId) ?? []), row]);
  }
  return byAgent;
}

/** Per agent and issue the latest ended run with a session, and the latest with a directory. */
function readHistory(
  ctx: WorkspaceContext,
  issueIds: readonly IssueId[],
  agentIds: readonly AgentId[],
): Promise<EarlierRun[]> {
  return ctx.sql<EarlierRun[]>`
    select distinct on (t.issue_id, t.agent_id, t.session_id is null)
      t.issue_id, t.agent_id, t.session_id, t.status, t.failure_reason, t.session_retired,
      t.runtime_id, t.work_directory
    from tasks t
    where t.workspace_id = ${ctx.workspaceId} and t.issue_id = any(${issueIds}::uuid[])
      and t.agent_id = any(${agentIds}::uuid[])
      and t.status in ('completed', 'failed', 'cancelled')
      and (t.session_id is not null or t.work_directory is not null)
    order by t.issue_id, t.agent_id, t.session_id is null, t.ended_at desc, t.id desc`;
}
