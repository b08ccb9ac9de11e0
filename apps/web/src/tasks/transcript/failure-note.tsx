import type { Task } from "@headcount/contract/tasks/schemas";
import { useText } from "../../i18n/use-text.ts";
import { watchdogText } from "../watchdog-text.ts";

/** Why a run failed and what to do about it, above its steps. */
export function FailureNote({ task }: { readonly task: Task }) {
  const text = useText();
  if (task.status !== "failed" || task.failureReason === null) return null;
  return (
    <div className="flex shrink-0 flex-col gap-1 border-b border-line bg-failed-wash px-4 py-2 text-12">
      <p className="text-failed-ink">{text.runs.failure[task.failureReason] ?? task.remedy}</p>
      <p className="text-muted">
        <code className="font-mono">{task.failureReason}</code>
        {task.rawFailureReason !== null && ` (${task.rawFailureReason})`}
        {task.watchdog !== null &&
          ` · ${text.runs.endedByLimit}: ${watchdogText(task.watchdog, text)}`}
      </p>
      {task.error !== null && (
        <p className="line-clamp-4 whitespace-pre-wrap break-words text-muted">{task.error}</p>
      )}
    </div>
  );
}
