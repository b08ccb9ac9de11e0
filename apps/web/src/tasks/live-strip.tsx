import type { LiveTask } from "@headcount/contract/issues/schemas";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { classNames } from "../ui/class-names.ts";
import { Elapsed } from "../ui/duration.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { StallBadge } from "./stall-badge.tsx";
import { taskStateOf } from "./task-state-of.ts";
import { waitingText } from "./waiting-text.ts";

const inkOf = {
  running: "text-running-ink",
  queued: "text-queued-ink",
  waiting: "text-waiting-ink",
  blocked: "text-blocked-ink",
  done: "text-done-ink",
  failed: "text-failed-ink",
  cancelled: "text-muted",
} as const;

type LiveStripProps = { readonly task: LiveTask; readonly className?: string };

/** "Ada · running tests · 3m 12s", or why it waits. */
export function LiveStrip({ task, className }: LiveStripProps) {
  const text = useText();
  const format = useFormat();
  const state = taskStateOf(task.status);
  const words =
    task.waiting !== null && task.status !== "running"
      ? waitingText(task.waiting, text, format)
      : (task.activity ?? text.tasks.statusDetail[task.status]);
  return (
    <span
      className={classNames(
        "flex min-w-0 items-center gap-1.5 text-12",
        task.stalledSince === null ? inkOf[state] : inkOf.waiting,
        className,
      )}
    >
      <StateGlyph state={state} size={11} className="shrink-0" />
      <span className="min-w-0 truncate">
        {task.agentName} · {words}
      </span>
      <span className="shrink-0 text-faint">·</span>
      {task.stalledSince === null ? (
        <Elapsed since={task.startedAt ?? task.queuedAt} className="shrink-0" />
      ) : (
        <StallBadge task={task} detail="short" className="shrink-0" />
      )}
    </span>
  );
}
