import type { Issue } from "@headcount/contract/issues/schemas";
import { useText } from "../../i18n/use-text.ts";
import { TaskEstimate } from "./task-estimate.tsx";

/** A line below the properties of an issue: what the agent's next task on it usually takes. */
export function IssueEstimate({ issue }: { readonly issue: Issue }) {
  const text = useText();
  const { assignee, status, liveTask, projectId } = issue;
  const isOver = status === "done" || status === "cancelled";
  if (assignee?.type !== "agent" || isOver || liveTask?.status === "running") return null;
  return (
    <div className="grid grid-cols-[88px_1fr] items-baseline">
      <span className="text-12 text-muted">{text.usageForecast.estimate.next}</span>
      <div className="px-1.5">
        <TaskEstimate agentId={assignee.id} projectId={projectId} />
      </div>
    </div>
  );
}
