import type { IssueSummary } from "@headcount/contract/issues/schemas";
import { Link } from "@tanstack/react-router";
import { MessageSquare } from "lucide-react";
import { memo, useEffect, useRef } from "react";
import { useText } from "../../i18n/use-text.ts";
import { LiveStrip } from "../../tasks/live-strip.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Money } from "../../ui/money.tsx";
import { PriorityIcon } from "../../ui/priority-icon.tsx";
import { columnStore } from "./column-store.ts";
import { dragAdapterStore } from "./drag-adapter.ts";
import { beginDrag, endDrag } from "./drag-store.ts";

type CardProps = {
  readonly issue: IssueSummary;
  readonly slug: string;
  readonly column: number;
  readonly index: number;
};

/** One issue on the board. Memoised by the issue object: a drag or a foreign change leaves it alone. */
export const Card = memo(function Card({ issue, slug, column, index }: CardProps) {
  const text = useText();
  const root = useRef<HTMLAnchorElement>(null);
  const adapter = dragAdapterStore((state) => state.adapter);
  const costs = columnStore((state) => state.costs);
  useEffect(() => {
    const element = root.current;
    if (element === null || adapter === null) return;
    return adapter.draggable({
      element,
      getInitialData: () => ({ type: "issue", issueId: issue.id }),
      onGenerateDragPreview: () => element.setAttribute("data-preview", ""),
      onDragStart: () => {
        element.removeAttribute("data-preview");
        element.setAttribute("data-dragged", "");
        beginDrag(issue);
      },
      onDrop: () => {
        element.removeAttribute("data-dragged");
        endDrag();
      },
    });
  }, [issue, adapter]);
  const running = issue.liveTask?.status === "running";
  return (
    <Link
      ref={root}
      to="/$slug/issues/$issueKey"
      params={{ slug, issueKey: issue.key }}
      preload={false}
      draggable
      data-card={issue.id}
      data-column={column}
      data-index={index}
      className={classNames(
        "group relative flex flex-col gap-1.5 overflow-hidden rounded-card border border-line bg-raised px-3 py-2.5 transition-colors duration-120 hover:border-strong-line",
        "focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 data-dragged:opacity-40 data-preview:border-accent",
      )}
    >
      {running && (
        <span
          aria-hidden="true"
          className="motion-breathe absolute inset-y-0 start-0 w-0.5 bg-running"
        />
      )}
      <span className="flex items-center gap-1.5 text-12 text-faint">
        <PriorityIcon priority={issue.priority} />
        <span className="figures">{issue.key}</span>
        {issue.commentCount > 0 && (
          <span
            className="figures ms-auto flex items-center gap-1 pointer-coarse:me-6"
            title={text.issues.commentCount({ count: issue.commentCount })}
          >
            <MessageSquare size={12} />
            {issue.commentCount}
          </span>
        )}
      </span>
      <span className="line-clamp-2 text-13 font-medium text-ink">{issue.title}</span>
      {issue.liveTask !== null && <LiveStrip task={issue.liveTask} />}
      {(issue.assignee !== null || (costs && issue.costUsd !== null)) && (
        <span className="flex h-5 items-center gap-1.5 text-12 text-muted">
          {issue.assignee !== null && (
            <>
              <Avatar actor={issue.assignee} size={18} decorative />
              <span className="truncate">{issue.assignee.name}</span>
            </>
          )}
          {costs && issue.costUsd !== null && (
            <Money usd={issue.costUsd} className="ms-auto text-12" />
          )}
        </span>
      )}
    </Link>
  );
});
