import { issues } from "@headcount/contract/issues/routes";
import type { Activity, Issue } from "@headcount/contract/issues/schemas";
import type { OutputOf } from "@headcount/contract/kit/route";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { api } from "../../data/api.ts";
import { QueryError } from "../../data/query-error.tsx";
import { queryKey } from "../../data/query-key.ts";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Time } from "../../ui/time.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { ContinueChain } from "./continue-chain.tsx";
import { happened } from "./happened.ts";
import { ThreadBlock } from "./thread-block.tsx";
import { useNames } from "./use-names.ts";
import { threadsOf } from "./threads.ts";

type TimelineProps = { readonly issue: Issue; readonly onOpenTask: (taskId: string) => void };

type Page = OutputOf<typeof issues.timeline>;

const pageEntries = 60;

/** Comments and what happened, oldest first; earlier pages on demand. */
export function Timeline({ issue, onOpenTask }: TimelineProps) {
  const text = useText();
  const workspace = useWorkspace();
  const input = { workspace: workspace.id, issue: issue.id };
  const timeline = useInfiniteQuery({
    queryKey: queryKey(issues.timeline, input),
    queryFn: ({ pageParam, signal }): Promise<Page> =>
      api.call(
        issues.timeline,
        { ...input, limit: pageEntries, ...(pageParam === "" ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor,
  });
  const blocks = useMemo(
    () => threadsOf((timeline.data?.pages ?? []).toReversed().flatMap((page) => page.items)),
    [timeline.data],
  );
  useAnchoredComment(timeline.isSuccess);
  if (timeline.isPending) return <TimelineSkeleton />;
  if (timeline.isLoadingError) {
    return <QueryError error={timeline.error} onRetry={() => void timeline.refetch()} />;
  }
  return (
    <div className="flex flex-col gap-3">
      {timeline.hasNextPage && (
        <Button
          variant="quiet"
          className="self-start"
          busy={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          {text.issues.timelineEarlier}
        </Button>
      )}
      {blocks.map((block) =>
        block.type === "thread" ? (
          <ThreadBlock key={block.root.id} issue={issue} thread={block} onOpenTask={onOpenTask} />
        ) : (
          <ActivityLines key={block.items[0]?.id ?? block.at} items={block.items} />
        ),
      )}
    </div>
  );
}

/** Brings the comment that the address names into view, once it is there. */
function useAnchoredComment(loaded: boolean): void {
  useEffect(() => {
    if (!loaded || !location.hash.startsWith("#comment-")) return;
    document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
  }, [loaded]);
}

function ActivityLines({ items }: { readonly items: readonly Activity[] }) {
  const text = useText();
  const nameOf = useNames();
  return (
    <ul className="flex flex-col gap-1 ps-3 text-12 text-muted">
      {items.map((activity) => (
        <li key={activity.id} className="flex items-baseline gap-2">
          <span
            aria-hidden="true"
            className="size-1 shrink-0 -translate-y-0.5 rounded-full bg-ghost"
          />
          <span className="min-w-0">{happened(activity, text, nameOf)}</span>
          <Time at={activity.createdAt} className="shrink-0 text-faint" />
          <ContinueChain activity={activity} />
        </li>
      ))}
    </ul>
  );
}

function TimelineSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <Skeleton className="w-64" />
      <div className="appears-late flex h-24 flex-col gap-3 rounded-card border border-line p-3">
        <Skeleton className="w-32" />
        <Skeleton className="w-full" />
      </div>
    </div>
  );
}
