import { issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronRight, PanelRight } from "lucide-react";
import { Suspense, useCallback, useMemo, useState } from "react";
import { QueryError } from "../../data/query-error.tsx";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { lazyOverlay } from "../../ui/lazy-overlay.tsx";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { Drawer } from "../../ui/drawer.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { Composer } from "../comments/composer.tsx";
import { Timeline } from "../comments/timeline.tsx";
import { IssueActions } from "./issue-actions.tsx";
import { IssueDescription } from "./issue-description.tsx";
import { IssueTitle } from "./issue-title.tsx";
import { LiveBar } from "./live-bar.tsx";
import { SidePanel } from "./side-panel.tsx";
import { useIssueCommands } from "./use-issue-commands.ts";

const HeldAgents = lazyPart(async () => (await import("../../runaway/held-agents.tsx")).HeldAgents);
const TranscriptPanel = lazyOverlay(
  async () => (await import("../../tasks/transcript/transcript-panel.tsx")).TranscriptPanel,
);

const route = getRouteApi("/$slug/issues/$issueKey");

/** One issue: its text, its talk, its runs and what they cost. */
export function IssuePage() {
  const { issueKey } = route.useParams();
  const workspace = useWorkspace();
  const issue = useQuery(query(issues.get, { workspace: workspace.id, issue: issueKey }));
  if (issue.data !== undefined) return <OpenIssue key={issue.data.id} issue={issue.data} />;
  return (
    <>
      <PageHeader title={issueKey} breadcrumb={<Breadcrumb />} />
      {issue.isError && <QueryError error={issue.error} onRetry={() => void issue.refetch()} />}
      {issue.isPending && <IssueSkeleton />}
    </>
  );
}

function OpenIssue({ issue }: { readonly issue: Issue }) {
  const text = useText();
  const workspace = useWorkspace();
  const { task } = route.useSearch();
  const navigate = route.useNavigate();
  const [sideOpen, setSideOpen] = useState(false);
  const runs = useQuery(query(issues.tasks, { workspace: workspace.id, issue: issue.id }));
  const latest = issue.liveTask?.id ?? runs.data?.items[0]?.id;
  const openTask = useCallback(
    (taskId: string | undefined) => {
      setSideOpen(false);
      void navigate({ search: taskId === undefined ? {} : { task: taskId } });
    },
    [navigate],
  );
  const watchLatest = useMemo(
    () => (latest === undefined ? null : () => openTask(latest)),
    [latest, openTask],
  );
  useIssueCommands(issue, watchLatest);
  return (
    <>
      <PageHeader
        title={<span className="figures">{issue.key}</span>}
        breadcrumb={<Breadcrumb />}
        actions={
          <>
            <IssueActions issue={issue} />
            <IconButton
              label={text.issues.showProperties}
              className="desk:hidden"
              onClick={() => setSideOpen(true)}
            >
              <PanelRight />
            </IconButton>
          </>
        }
      />
      {issue.liveTask !== null && (
        <Suspense>
          <HeldAgents agentId={issue.liveTask.agentId} />
        </Suspense>
      )}
      {issue.liveTask !== null && (
        <LiveBar
          task={issue.liveTask}
          onWatch={() => issue.liveTask !== null && openTask(issue.liveTask.id)}
        />
      )}
      <div className="flex min-h-0 grow">
        <div className="flex min-w-0 grow flex-col overflow-y-auto">
          <div className="mx-auto flex w-full max-w-(--measure) grow flex-col gap-5 px-4 pb-6 pt-6 tablet:px-6 tablet:pt-8">
            <div className="flex flex-col gap-3">
              <IssueTitle issue={issue} />
              <IssueDescription issue={issue} />
            </div>
            <section aria-label={text.issues.activity} className="flex flex-col gap-3">
              <h2 className="border-b border-line pb-1.5 text-12 font-medium text-faint">
                {text.issues.activity}
              </h2>
              <Timeline issue={issue} onOpenTask={openTask} />
            </section>
            <Composer issue={issue} parentId={null} />
          </div>
        </div>
        <aside
          aria-label={text.issues.properties}
          className="w-80 shrink-0 overflow-y-auto border-s border-line max-desk:hidden"
        >
          <SidePanel issue={issue} onOpenTask={openTask} />
        </aside>
      </div>
      <Drawer
        open={sideOpen}
        onOpenChange={setSideOpen}
        title={text.issues.properties}
        side="right"
      >
        <SidePanel issue={issue} onOpenTask={openTask} />
      </Drawer>
      {task !== undefined && (
        <Suspense>
          <TranscriptPanel taskId={task} onClose={() => openTask(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function Breadcrumb() {
  const text = useText();
  const { slug } = useWorkspace();
  return (
    <nav aria-label={text.issues.pageBack} className="flex items-center gap-1 text-13 text-muted">
      <Link
        to="/$slug/issues"
        params={{ slug }}
        className="rounded-control px-1 py-0.5 hover:bg-hover hover:text-ink"
      >
        {text.issues.title}
      </Link>
      <ChevronRight size={14} className="text-ghost" />
    </nav>
  );
}

function IssueSkeleton() {
  return (
    <div className="mx-auto flex w-full max-w-(--measure) flex-col gap-4 px-6 pt-8">
      <Skeleton className="h-5! w-2/3" />
      <Skeleton className="w-full" />
      <Skeleton className="w-full" />
      <Skeleton className="w-1/2" />
    </div>
  );
}
