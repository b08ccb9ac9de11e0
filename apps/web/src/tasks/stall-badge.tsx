import type { LiveTask } from "@headcount/contract/issues/schemas";
import { Hourglass } from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import { classNames } from "../ui/class-names.ts";
import { Chip } from "../ui/chip.tsx";
import { Elapsed } from "../ui/duration.tsx";

type StallBadgeProps = {
  readonly task: Pick<LiveTask, "stalledSince" | "toolOpen" | "activity">;
  /** Short leaves the open tool to the words that appear on pointing at it. */
  readonly detail?: "full" | "short";
  readonly className?: string;
};

/** Since when a running agent has said nothing, and whether it waits for a tool or for its model. */
export function StallBadge({ task, detail = "full", className }: StallBadgeProps) {
  const text = useText();
  if (task.stalledSince === null) return null;
  const holder = task.toolOpen ? text.tasks.stalledInTool : text.tasks.stalledInModel;
  const last = task.activity === null ? "" : ` ${text.tasks.lastEvent({ event: task.activity })}`;
  return (
    <span
      className={classNames("inline-flex min-w-0 align-bottom", className)}
      title={`${holder}${last}`}
    >
      <Chip tone="waiting" icon={<Hourglass size={11} className="shrink-0" aria-hidden />}>
        {text.tasks.stalledFor} <Elapsed since={task.stalledSince} />
        {detail === "full" && task.toolOpen && ` · ${text.tasks.toolOpen}`}
        <span className="sr-only">
          {holder}
          {last}
        </span>
      </Chip>
    </span>
  );
}
