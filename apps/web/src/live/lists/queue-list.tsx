import type { LiveSnapshot, LiveTask } from "@headcount/contract/live/snapshot-schemas";
import { Link } from "@tanstack/react-router";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { taskStateOf } from "../../tasks/task-state-of.ts";
import { waitingText } from "../../tasks/waiting-text.ts";
import { Elapsed } from "../../ui/duration.tsx";
import { StateGlyph } from "../../ui/state-glyph.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { LiveSection } from "./live-section.tsx";
import { MoreRows } from "./more-rows.tsx";

/** What waits to run, and why. */
export function QueueList({ queue }: { readonly queue: LiveSnapshot["queue"] }) {
  const text = useText();
  return (
    <LiveSection
      title={text.live.queueTitle}
      count={queue.total}
      empty={text.live.queueEmpty}
      isEmpty={queue.total === 0}
    >
      <ul>
        {queue.items.map((task) => (
          <QueueRow key={task.id} task={task} />
        ))}
      </ul>
      <MoreRows shown={queue.items.length} total={queue.total} />
    </LiveSection>
  );
}

function QueueRow({ task }: { readonly task: LiveTask }) {
  const text = useText();
  const format = useFormat();
  const { slug } = useWorkspace();
  const why =
    task.waiting === null
      ? text.tasks.statusDetail[task.status]
      : waitingText(task.waiting, text, format);
  return (
    <li className="relative flex items-center gap-2.5 border-t border-line py-1.5 hover:bg-hover has-focus-visible:bg-hover">
      <StateGlyph state={taskStateOf(task.status)} decorative className="mx-1 shrink-0" />
      <div className="min-w-0 grow">
        <Link
          to="/$slug/issues/$issueKey"
          params={{ slug, issueKey: task.issueKey }}
          className="block truncate after:absolute after:inset-0"
        >
          <span className="figures me-1.5 text-12 text-faint">{task.issueKey}</span>
          {task.issueTitle}
        </Link>
        <p className="truncate text-12 text-muted" title={task.waiting?.action ?? undefined}>
          {task.agentName} · {why}
        </p>
      </div>
      <Elapsed since={task.queuedAt} className="shrink-0 text-12 text-queued-ink" />
    </li>
  );
}
