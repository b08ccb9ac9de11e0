import { usageEvents } from "@headcount/contract/usage/event-routes";
import type { UsageEventListItem } from "@headcount/contract/usage/event-schemas";
import type { Task } from "@headcount/contract/tasks/schemas";
import { usage } from "@headcount/contract/usage/routes";
import { infiniteQueryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../data/api.ts";
import { QueryError } from "../../data/query-error.tsx";
import { queryKey } from "../../data/query-key.ts";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { UsagePanel } from "../../usage/usage-panel.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { CallGraph } from "./call-graph.tsx";
import { CallTable } from "./call-table.tsx";

/** What a task used: its sums, and every model call in its order. */
export function CallPanel({ task }: { readonly task: Task }) {
  const workspace = useWorkspace();
  const used = useQuery(query(usage.task, { workspace: workspace.id, taskId: task.id }));
  return (
    <div className="flex max-h-[60vh] shrink-0 flex-col gap-5 overflow-y-auto border-b border-line px-4 py-3">
      {used.isPending && <Skeleton className="h-16 w-full" />}
      {used.isLoadingError && <QueryError error={used.error} onRetry={() => void used.refetch()} />}
      {used.data !== undefined && (
        <div className="max-w-90">
          <UsagePanel usage={used.data} live={task.status === "running"} />
        </div>
      )}
      <Calls task={task} />
    </div>
  );
}

const pageCalls = 100;

function Calls({ task }: { readonly task: Task }) {
  const text = useText();
  const workspace = useWorkspace();
  const { work } = text.usageLists;
  const input = { workspace: workspace.id, taskId: task.id, limit: pageCalls };
  const calls = useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: queryKey(usageEvents.ofTask, input),
      queryFn: ({ pageParam, signal }) =>
        api.call(
          usageEvents.ofTask,
          { ...input, ...(pageParam === null ? {} : { cursor: pageParam }) },
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) => nextCursor,
    }),
  );
  if (calls.isLoadingError) {
    return <QueryError error={calls.error} onRetry={() => void calls.refetch()} />;
  }
  const items: readonly UsageEventListItem[] =
    calls.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-12 font-medium text-muted">{work.calls}</h3>
      {calls.isPending && <Skeleton className="h-24 w-full" />}
      {calls.data !== undefined && items.length === 0 && (
        <p className="text-12 text-faint">{work.callsNone}</p>
      )}
      {items.length > 0 && (
        <>
          <CallGraph calls={items} />
          <CallTable calls={items} />
        </>
      )}
      {calls.hasNextPage && (
        <Button busy={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
          {work.older}
        </Button>
      )}
    </section>
  );
}
