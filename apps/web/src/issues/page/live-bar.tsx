import type { LiveTask } from "@headcount/contract/issues/schemas";
import { useEffect } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { announce } from "../../shell/live-region.tsx";
import { StallBadge } from "../../tasks/stall-badge.tsx";
import { StopButton } from "../../tasks/stop-button.tsx";
import { taskStateOf } from "../../tasks/task-state-of.ts";
import { waitingAction } from "../../tasks/waiting-action.ts";
import { waitingText } from "../../tasks/waiting-text.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Elapsed } from "../../ui/duration.tsx";
import { StateGlyph } from "../../ui/state-glyph.tsx";

type LiveBarProps = { readonly task: LiveTask; readonly onWatch: () => void };

/** What the agent is doing right now, or why it waits and what would change that. */
export function LiveBar({ task, onWatch }: LiveBarProps) {
  const text = useText();
  const format = useFormat();
  const status = text.tasks.statusDetail[task.status] ?? task.status;
  useEffect(() => announce(`${task.agentName}: ${status}`), [task.agentName, status]);
  const running = task.status === "running";
  const waiting = running ? null : task.waiting;
  const action = waiting && waitingAction(waiting, text);
  const doing = running ? (task.activity ?? text.runs.working) : status;
  const words = waiting === null ? doing : waitingText(waiting, text, format);
  return (
    <div className="flex min-h-11 shrink-0 items-center gap-2.5 border-b border-line bg-raised px-4 py-1.5">
      <Avatar
        actor={{ type: "agent", id: task.agentId, name: task.agentName }}
        size={22}
        decorative
      />
      <div className="min-w-0 grow">
        <p className="flex min-w-0 items-center gap-1.5">
          <StateGlyph state={taskStateOf(task.status)} size={12} className="shrink-0" />
          <span className="shrink-0 font-medium">{task.agentName}</span>
          <span className="truncate text-muted">{words}</span>
          <span className="text-faint">·</span>
          <Elapsed since={task.startedAt ?? task.queuedAt} className="text-muted" />
          <StallBadge task={task} className="max-tablet:hidden" />
        </p>
        <StallBadge task={task} className="tablet:hidden" />
        {action !== null && <p className="truncate text-12 text-faint">{action}</p>}
      </div>
      <Button size="small" onClick={onWatch}>
        {text.runs.watch}
      </Button>
      <StopButton taskId={task.id} agentName={task.agentName} />
    </div>
  );
}
