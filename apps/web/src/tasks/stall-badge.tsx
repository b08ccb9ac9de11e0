import type { LiveTask } from "@headcount/contract/issues/schemas";
import { Hourglass } from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import { Chip } from "../ui/chip.tsx";
import { Elapsed } from "../ui/duration.tsx";

type StallBadgeProps = {
  readonly task: Pick<LiveTask, "stalledSince" | "toolOpen" | "activity">;
  readonly className?: string;
};

/** Since when a running agent has said nothing, and whether it waits for a tool or for its model. */
export function StallBadge({ task, className }: StallBadgeProps) {
  const text = useText();
  if (task.stalledSince === null) return null;
  const holder = task.toolOpen ? text.runs.stalledInTool : text.runs.stalledInModel;
  const last = task.activity === null ? "" : ` ${text.runs.lastEvent({ event: task.activity })}`;
  return (
    <span className="inline-flex min-w-0" title={`${holder}${last}`}>
      <Chip
        tone="waiting"
        icon={<Hourglass size={11} aria-hidden />}
        {...(className === undefined ? {} : { className })}
      >
        {text.runs.stalledFor} <Elapsed since={task.stalledSince} />
        {task.toolOpen && ` · ${text.runs.toolOpen}`}
        <span className="sr-only">
          {holder}
          {last}
        </span>
      </Chip>
    </span>
  );
}
