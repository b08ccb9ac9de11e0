import { agents } from "@headcount/contract/agents/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { useQuery } from "@tanstack/react-query";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { TaskEstimate } from "./task-estimate.tsx";

/** A line below the properties of an issue: what the agent's next task on it usually takes. */
export function IssueEstimate({ issue }: { readonly issue: Issue }) {
  const text = useText();
  const workspace = useWorkspace();
  const staff = useQuery(query(agents.list, { workspace: workspace.id }));
  const { assignee, status, liveTask, projectId } = issue;
  // Agents that are closed to the reader, or archived, are not in the list.
  const agent = staff.data?.items.find(({ id }) => id === assignee?.id);
  const isOver = status === "done" || status === "cancelled";
  if (agent === undefined || isOver || liveTask?.status === "running") return null;
  return (
    <div className="grid grid-cols-[88px_1fr] items-baseline">
      <span className="text-12 text-muted">{text.usageForecast.estimate.next}</span>
      <div className="px-1.5">
        <TaskEstimate agentId={agent.id} projectId={projectId} />
      </div>
    </div>
  );
}
