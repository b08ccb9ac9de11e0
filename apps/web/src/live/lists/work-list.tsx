import type { LiveSnapshot, LiveTask } from "@headcount/contract/live/snapshot-schemas";
import { Link } from "@tanstack/react-router";
import { useText } from "../../i18n/use-text.ts";
import { StallBadge } from "../../tasks/stall-badge.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { Elapsed } from "../../ui/duration.tsx";
import { Money } from "../../ui/money.tsx";
import { Tokens } from "../../ui/tokens.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { LiveSection } from "./live-section.tsx";
import { MoreRows } from "./more-rows.tsx";

/** Who is at work right now: on what, for whom, since when, and what it has cost so far. */
export function WorkList({ work }: { readonly work: LiveSnapshot["work"] }) {
  const text = useText();
  return (
    <LiveSection
      title={text.live.workTitle}
      count={work.total}
      empty={text.live.workEmpty}
      isEmpty={work.total === 0}
    >
      <ul>
        {work.items.map((task) => (
          <WorkRow key={task.id} task={task} />
        ))}
      </ul>
      <MoreRows shown={work.items.length} total={work.total} />
    </LiveSection>
  );
}

function WorkRow({ task }: { readonly task: LiveTask }) {
  const text = useText();
  const { slug } = useWorkspace();
  return (
    <li className="relative flex items-center gap-2.5 border-t border-line py-1.5 hover:bg-hover has-focus-visible:bg-hover">
      <Avatar
        actor={{ type: "agent", id: task.agentId, name: task.agentName }}
        size={24}
        decorative
      />
      <div className="min-w-0 grow">
        <p className="flex min-w-0 items-baseline gap-1.5">
          <Link
            to="/$slug/issues/$issueKey"
            params={{ slug, issueKey: task.issueKey }}
            className="min-w-0 truncate after:absolute after:inset-0"
          >
            <span className="figures me-1.5 text-12 text-faint">{task.issueKey}</span>
            {task.issueTitle}
          </Link>
        </p>
        <p className="flex min-w-0 items-center gap-1.5 text-12 text-muted">
          <span className="truncate">
            <span className="text-running-ink">{task.agentName}</span>
            {task.accountable !== null &&
              ` · ${text.live.forPerson({ name: task.accountable.name })}`}
            {task.activity !== null && ` · ${task.activity}`}
          </span>
          {task.stalledSince !== null && (
            <StallBadge task={task} detail="short" className="shrink-0" />
          )}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end text-12">
        <Elapsed since={task.startedAt ?? task.queuedAt} className="text-running-ink" />
        <span className="flex gap-1.5 text-muted">
          <Tokens count={task.usage.tokens.total} className="text-faint" />
          <Money usd={task.usage.events === 0 ? "0" : task.costUsd} />
        </span>
      </div>
    </li>
  );
}
