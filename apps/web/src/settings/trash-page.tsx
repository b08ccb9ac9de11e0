import type { OutputOf } from "@headcount/contract/kit/route";
import { issues } from "@headcount/contract/issues/routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { describeError } from "../data/describe-error.ts";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { CategoryIcon } from "../ui/category-icon.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Table, type Column } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

type TrashedIssue = OutputOf<typeof issues.trash>["items"][number];

const shownIssues = 100;

/** Deleted issues until their last day. */
export function TrashPage() {
  const text = useText();
  const workspace = useWorkspace();
  const list = useQuery(query(issues.trash, { workspace: workspace.id, limit: shownIssues }));
  const rows = list.data?.items ?? [];
  return (
    <>
      <PageHeader
        title={text.settings.trashTitle}
        facts={rows.length > 0 && <span className="figures text-12 text-faint">{rows.length}</span>}
      />
      <div className="min-h-0 grow overflow-y-auto">
        {list.isPending && (
          <div aria-busy="true" className="flex flex-col gap-6 p-4 pt-10">
            <Skeleton className="w-1/2" />
            <Skeleton className="w-2/5" />
          </div>
        )}
        {list.isError && list.data === undefined && (
          <QueryError error={list.error} onRetry={() => void list.refetch()} />
        )}
        {list.data !== undefined && rows.length === 0 && (
          <EmptyState
            title={text.settings.trashEmptyTitle}
            hint={text.settings.trashEmptyHint}
            command="headcount issue trash"
          />
        )}
        {rows.length > 0 && <TrashTable rows={rows} />}
      </div>
    </>
  );
}

function TrashTable({ rows }: { readonly rows: readonly TrashedIssue[] }) {
  const text = useText();
  const workspace = useWorkspace();
  const columns: readonly Column<TrashedIssue>[] = [
    {
      id: "issue",
      label: text.settings.issue,
      cell: (issue) => (
        <span className="flex min-w-0 items-center gap-2">
          <CategoryIcon category={issue.status} />
          <span className="figures shrink-0 text-12 text-faint">{issue.key}</span>
          <Link
            to="/$slug/issues/$issueKey"
            params={{ slug: workspace.slug, issueKey: issue.key }}
            className="truncate hover:underline"
          >
            {issue.title}
          </Link>
        </span>
      ),
    },
    {
      id: "deleted",
      label: text.settings.deleted,
      width: "136px",
      from: "tablet",
      align: "end",
      cell: (issue) => <Time at={issue.deletedAt} className="text-muted" />,
    },
    {
      id: "until",
      label: text.settings.restorableUntil,
      width: "136px",
      from: "tablet",
      align: "end",
      cell: (issue) => <Time at={issue.restorableUntil} style="date" className="text-muted" />,
    },
    {
      id: "actions",
      label: text.settings.restore,
      hiddenLabel: true,
      width: "104px",
      align: "end",
      cell: (issue) => <RestoreButton issue={issue} />,
    },
  ];
  return (
    <Table
      label={text.settings.trashTitle}
      columns={columns}
      rows={rows}
      rowKey={(issue) => issue.id}
    />
  );
}

function RestoreButton({ issue }: { readonly issue: TrashedIssue }) {
  const text = useText();
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const restore = useCommand(issues.restore, {
    onSuccess: (restored) =>
      showToast({
        tone: "plain",
        message: text.settings.restored({ key: restored.key }),
        action: {
          label: text.common.open,
          run: () =>
            void navigate({
              to: "/$slug/issues/$issueKey",
              params: { slug: workspace.slug, issueKey: restored.key },
            }),
        },
      }),
    onError: (error) => showToast({ tone: "failed", message: describeError(error, text) }),
  });
  const relation = issue.creator.id === workspace.user.id ? "own" : "other";
  if (!isAllowed(workspace.role, "issue.delete", relation)) return null;
  return (
    <Button
      size="small"
      busy={restore.isPending}
      onClick={() => restore.mutate({ workspace: workspace.id, issue: issue.id })}
    >
      {text.settings.restore}
    </Button>
  );
}
