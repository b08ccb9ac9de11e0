import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../data/api.ts";
import { QueryError } from "../data/query-error.tsx";
import { queryKey } from "../data/query-key.ts";
import { useText } from "../i18n/use-text.ts";
import { taskStateOf } from "../tasks/task-state-of.ts";
import { Button } from "../ui/button.tsx";
import { Duration, Elapsed } from "../ui/duration.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Money } from "../ui/money.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { Table, type Column } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { Tokens } from "../ui/tokens.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { AgentTabProps } from "./agent-tab-props.ts";

const pageSize = 50;

/** Everything this agent ran, newest first. */
export function TasksTab({ agent }: AgentTabProps) {
  const text = useText();
  const workspace = useWorkspace();
  const input = { workspace: workspace.id, agentId: agent.id, limit: pageSize };
  const pages = useInfiniteQuery({
    queryKey: [...queryKey(tasks.list, input), "pages"],
    queryFn: ({ pageParam, signal }) =>
      api.call(
        tasks.list,
        { ...input, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  if (pages.isPending) {
    return (
      <div aria-busy="true" className="flex flex-col gap-5 p-4">
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/2" />
        <Skeleton className="w-3/5" />
      </div>
    );
  }
  if (pages.isError && rows.length === 0) {
    return <QueryError error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  if (rows.length === 0) {
    return <EmptyState title={text.agents.tasksEmptyTitle} hint={text.agents.tasksEmptyHint} />;
  }
  return (
    <>
      <TaskTable rows={rows} />
      {pages.hasNextPage && (
        <div className="p-3">
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {text.common.loadMore}
          </Button>
        </div>
      )}
    </>
  );
}

function TaskTable({ rows }: { readonly rows: readonly Task[] }) {
  const text = useText();
  const { slug } = useWorkspace();
  const columns: readonly Column<Task>[] = [
    {
      id: "task",
      label: text.agents.task,
      cell: (task) => (
        <Link
          to="/$slug/issues/$issueKey"
          params={{ slug, issueKey: task.issueKey }}
          search={{ task: task.id }}
          className="inset-focus flex min-w-0 items-center gap-2 after:absolute after:inset-0"
        >
          <StateGlyph state={taskStateOf(task.status)} className="shrink-0" />
          <span className="figures shrink-0 text-12 text-faint">{task.issueKey}</span>
          <span className="min-w-0 truncate">{task.issueTitle}</span>
        </Link>
      ),
    },
    {
      id: "outcome",
      label: text.agents.outcome,
      width: "128px",
      from: "tablet",
      cell: (task) => (
        <span className="text-muted">
          {task.outcome === null
            ? text.tasks.statusDetail[task.status]
            : text.runs.outcome[task.outcome]}
        </span>
      ),
    },
    {
      id: "duration",
      label: text.agents.duration,
      width: "96px",
      from: "tablet",
      align: "end",
      cell: (task) => <TaskDuration task={task} />,
    },
    {
      id: "when",
      label: text.agents.when,
      width: "112px",
      from: "tablet",
      align: "end",
      cell: (task) => (
        <Time at={task.endedAt ?? task.startedAt ?? task.queuedAt} className="text-muted" />
      ),
    },
    {
      id: "tokens",
      label: text.agents.used,
      width: "96px",
      from: "desk",
      align: "end",
      cell: (task) => <Tokens count={task.usage.tokens.total} className="text-muted" />,
    },
    {
      id: "cost",
      label: text.agents.cost,
      width: "84px",
      align: "end",
      cell: (task) => <Money usd={task.costUsd} className="text-muted" />,
    },
  ];
  return <Table label={text.agents.tabs.tasks} columns={columns} rows={rows} rowKey={rowKey} />;
}

function rowKey(task: Task): string {
  return task.id;
}

function TaskDuration({ task }: { readonly task: Task }) {
  if (task.startedAt === null) return <span className="text-faint">—</span>;
  if (task.endedAt === null) return <Elapsed since={task.startedAt} className="text-running-ink" />;
  const durationMs = Date.parse(task.endedAt) - Date.parse(task.startedAt);
  return <Duration durationMs={durationMs} className="text-muted" />;
}
