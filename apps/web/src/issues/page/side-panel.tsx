import { issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { usage } from "@headcount/contract/usage/routes";
import { useQuery } from "@tanstack/react-query";
import { QueryError } from "../../data/query-error.tsx";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { IssuePullRequests } from "../../pull-requests/issue-pull-requests.tsx";
import { ExecutionLog } from "../../tasks/execution-log.tsx";
import { later } from "../../ui/later.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { UsagePanel } from "../../usage/usage-panel.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { PanelSection } from "./panel-section.tsx";
import { PropertyList } from "./property-list.tsx";

const IssueEstimate = later(
  async () => (await import("../../usage/forecast/issue-estimate.tsx")).IssueEstimate,
);

type SidePanelProps = { readonly issue: Issue; readonly onOpenTask: (taskId: string) => void };

/** Properties, runs, pull requests and usage beside the text. */
export function SidePanel({ issue, onOpenTask }: SidePanelProps) {
  const text = useText();
  const workspace = useWorkspace();
  const input = { workspace: workspace.id, issue: issue.id };
  const runs = useQuery(query(issues.tasks, input));
  const used = useQuery(query(usage.issue, input));
  return (
    <div className="flex flex-col">
      <PanelSection title={text.issues.properties}>
        <PropertyList issue={issue} />
        <IssueEstimate issue={issue} />
      </PanelSection>
      <PanelSection title={text.issues.executionLog} count={runs.data?.items.length}>
        {runs.isPending && <Skeleton className="w-40" />}
        {runs.isError && runs.data === undefined && (
          <QueryError error={runs.error} onRetry={() => void runs.refetch()} />
        )}
        {runs.data !== undefined && <ExecutionLog tasks={runs.data.items} onOpen={onOpenTask} />}
      </PanelSection>
      <IssuePullRequests issue={issue} />
      <PanelSection title={text.issues.usage}>
        {used.isPending && <Skeleton className="w-40" />}
        {used.isError && used.data === undefined && (
          <QueryError error={used.error} onRetry={() => void used.refetch()} />
        )}
        {used.data !== undefined && (
          <UsagePanel usage={used.data} live={issue.liveTask?.status === "running"} />
        )}
      </PanelSection>
    </div>
  );
}
