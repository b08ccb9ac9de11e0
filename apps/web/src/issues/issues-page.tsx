import { getRouteApi } from "@tanstack/react-router";
import { Columns3, LayoutList, ListFilter, Plus, SquareKanban } from "lucide-react";
import { Suspense, useMemo } from "react";
import { QueryError } from "../data/query-error.tsx";
import { useText } from "../i18n/use-text.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import { afterFirstPaint } from "../ui/after-first-paint.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { HeaderAction } from "../ui/header-action.tsx";
import { IconPlaceholder } from "../ui/icon-placeholder.tsx";
import { later } from "../ui/later.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { Board } from "./board/board.tsx";
import { BoardSkeleton } from "./board/board-skeleton.tsx";
import { useBoardFeed } from "./board/use-board-feed.ts";
import { boardInput, useBoard } from "./board/use-board.ts";
import { openCreateDialog } from "./create/create-dialog-store.ts";
import { FilterBar } from "./filter-bar.tsx";
import { hasFilters, type IssueFilters, type IssueSearch } from "./issue-search.ts";
import { layoutStore, chooseLayout } from "./layout-store.ts";
import { useWalkCommands } from "./use-walk-commands.ts";
import { IssuesPicture } from "./issues-picture.tsx";

const IssueList = lazyPart(async () => (await import("./list/issue-list.tsx")).IssueList);
afterFirstPaint(() => import("./list/issue-list.tsx"));
const FilterMenu = later(
  async () => (await import("./filter-menu.tsx")).FilterMenu,
  () => <IconPlaceholder icon={ListFilter} />,
);
const ColumnMenu = later(
  async () => (await import("./board/column-menu.tsx")).ColumnMenu,
  () => <IconPlaceholder icon={Columns3} className="max-tablet:hidden" />,
);

type IssuesPageProps = {
  readonly search: IssueSearch;
  readonly onSearch: (search: IssueSearch) => void;
  readonly title: string;
  /** Filters that belong to the page itself and cannot be removed. */
  readonly scope: IssueFilters;
};

const issuesRoute = getRouteApi("/$slug/issues");
const myRoute = getRouteApi("/$slug/my");

/** Every issue of the workspace. */
export function AllIssuesPage() {
  const text = useText();
  const search = issuesRoute.useSearch();
  const navigate = issuesRoute.useNavigate();
  return (
    <IssuesPage
      title={text.issues.title}
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
      scope={noScope}
    />
  );
}

/** What is assigned to the person looking. */
export function MyIssuesPage() {
  const text = useText();
  const { user } = useWorkspace();
  const search = myRoute.useSearch();
  const navigate = myRoute.useNavigate();
  const scope = useMemo(() => ({ assigneeId: user.id }), [user.id]);
  return (
    <IssuesPage
      title={text.issues.myTitle}
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
      scope={scope}
    />
  );
}

const noScope: IssueFilters = {};

function IssuesPage({ search, onSearch, title, scope }: IssuesPageProps) {
  const text = useText();
  const workspace = useWorkspace();
  const remembered = layoutStore((state) => state.layout);
  const layout = search.layout ?? remembered;
  const { layout: _layout, ...filters } = search;
  const filterKey = JSON.stringify({ ...filters, ...scope });
  const shown = useMemo((): IssueFilters => JSON.parse(filterKey), [filterKey]);
  const input = useMemo(() => boardInput(workspace.id, shown), [workspace.id, shown]);
  const board = useBoard(input);
  useBoardFeed(workspace.id, shown, input);
  useWalkCommands();
  const total = board.data?.columns.reduce((sum, column) => sum + column.count, 0) ?? 0;
  return (
    <>
      <PageHeader
        title={title}
        facts={
          board.data !== undefined && <span className="figures text-12 text-faint">{total}</span>
        }
        actions={
          <>
            <FilterMenu filters={filters} onChange={(next) => onSearch({ ...search, ...next })} />
            <ColumnMenu />
            <Segmented
              label={text.issues.layout}
              value={layout}
              onChange={(next) => {
                chooseLayout(next);
                onSearch({ ...search, layout: undefined });
              }}
              options={[
                { value: "board", label: text.issues.board, icon: <SquareKanban size={14} /> },
                { value: "list", label: text.issues.list, icon: <LayoutList size={14} /> },
              ]}
            />
            <HeaderAction
              label={text.shell.newIssue}
              icon={Plus}
              variant="primary"
              onClick={() => openCreateDialog({})}
            />
          </>
        }
      />
      <FilterBar filters={filters} onChange={(next) => onSearch({ ...next })} />
      {board.isPending && <BoardSkeleton layout={layout} />}
      {board.isError && board.data === undefined && (
        <QueryError error={board.error} onRetry={() => void board.refetch()} />
      )}
      {board.data !== undefined && total === 0 && (
        <NoIssues
          filtered={hasFilters(filters)}
          isMine={scope.assigneeId !== undefined}
          onClear={() => onSearch({})}
        />
      )}
      {board.data !== undefined && total > 0 && layout === "board" && (
        <Board board={board.data} input={input} />
      )}
      {board.data !== undefined && total > 0 && layout === "list" && (
        <Suspense fallback={<BoardSkeleton layout="list" />}>
          <IssueList board={board.data} input={input} />
        </Suspense>
      )}
    </>
  );
}

type NoIssuesProps = {
  readonly filtered: boolean;
  /** Others may have some: what is missing is one of the reader's own. */
  readonly isMine: boolean;
  readonly onClear: () => void;
};

function NoIssues({ filtered, isMine, onClear }: NoIssuesProps) {
  const text = useText();
  if (filtered) {
    return (
      <EmptyState
        title={text.issues.noneMatchTitle}
        action={<Button onClick={onClear}>{text.common.clearFilters}</Button>}
      />
    );
  }
  return (
    <EmptyState
      title={isMine ? text.issues.mineEmptyTitle : text.issues.emptyTitle}
      hint={isMine ? text.issues.mineEmptyHint : text.issues.emptyHint}
      picture={<IssuesPicture />}
      action={
        <Button variant="primary" onClick={() => openCreateDialog({})}>
          {isMine ? text.shell.newIssue : text.issues.emptyAction}
        </Button>
      }
      command="headcount issue create --title 'Fix the login page'"
    />
  );
}
