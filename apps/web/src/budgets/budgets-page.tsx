import { budgets } from "@headcount/contract/budgets/routes";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Plus, Wallet } from "lucide-react";
import { useMemo, useState } from "react";
import { asTimePasses } from "../data/as-time-passes.ts";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { useCommands, type Command } from "../shell/commands.ts";
import { TankSection } from "../tank/tank-section.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { HeaderAction } from "../ui/header-action.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { BudgetDetails } from "./budget-details.tsx";
import { BudgetDialog } from "./budget-dialog.tsx";
import { BudgetTable } from "./budget-table.tsx";
import { BudgetsPicture } from "./budgets-picture.tsx";

const route = getRouteApi("/$slug/budgets");

/** Limits on what is spent: where each stands, what it holds, and how it is changed. */
export function BudgetsPage() {
  const text = useText();
  const workspace = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, setCreating] = useState(false);
  const mayChange = workspace.role !== "member";
  const list = useQuery({
    ...query(budgets.list, { workspace: workspace.id, archived: search.archived === true }),
    refetchInterval: asTimePasses,
  });
  const commands = useMemo(
    (): readonly Command[] =>
      mayChange
        ? [
            {
              id: "create-budget",
              label: text.budgets.create,
              group: "general",
              icon: Wallet,
              run: () => setCreating(true),
            },
          ]
        : [],
    [mayChange, text],
  );
  useCommands(commands);
  const all = list.data?.items ?? [];
  const isEmpty = list.data !== undefined && all.length === 0;
  const openOne = (budget: string | undefined): void =>
    void navigate({ search: { ...search, budget } });
  return (
    <>
      <PageHeader
        title={text.budgets.title}
        facts={all.length > 0 && <span className="figures text-12 text-faint">{all.length}</span>}
        actions={
          <>
            <Button
              variant="quiet"
              aria-pressed={search.archived === true}
              onClick={() =>
                void navigate({ search: { archived: search.archived ? undefined : true } })
              }
            >
              {search.archived ? text.budgets.title : text.budgets.archivedOnes}
            </Button>
            {mayChange && (
              <HeaderAction
                label={text.budgets.create}
                icon={Plus}
                variant="primary"
                onClick={() => setCreating(true)}
              />
            )}
          </>
        }
      />
      <div className="flex min-h-0 grow flex-col overflow-y-auto">
        {search.archived !== true && <TankSection />}
        {list.isPending && <BudgetsSkeleton />}
        {list.isError && list.data === undefined && (
          <QueryError error={list.error} onRetry={() => void list.refetch()} />
        )}
        {isEmpty && (
          <div className="grow">
            <EmptyState
              title={text.budgets.emptyTitle}
              hint={mayChange ? text.budgets.emptyHint : text.budgets.emptyForMembers}
              picture={<BudgetsPicture />}
              action={
                mayChange && (
                  <Button
                    variant="primary"
                    icon={<Plus size={14} />}
                    onClick={() => setCreating(true)}
                  >
                    {text.budgets.create}
                  </Button>
                )
              }
              {...(mayChange
                ? { command: 'headcount budget create "Team month" --limit 500 --action hold' }
                : {})}
            />
          </div>
        )}
        {all.length > 0 && <BudgetTable budgets={all} />}
      </div>
      {search.budget !== undefined && (
        <BudgetDetails
          budgetId={search.budget}
          mayChange={mayChange}
          onClose={() => openOne(undefined)}
        />
      )}
      {creating && (
        <BudgetDialog
          budget={null}
          onClose={() => setCreating(false)}
          onSaved={(budget) => openOne(budget.id)}
        />
      )}
    </>
  );
}

const skeletonRows = 5;

function BudgetsSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col pt-8">
      {Array.from({ length: skeletonRows }, (_, index) => (
        <div key={index} className="flex h-(--row) items-center gap-3 border-b border-line px-4">
          <Skeleton className="w-40" />
          <Skeleton className="ms-auto w-64" />
          <Skeleton className="w-24" />
        </div>
      ))}
    </div>
  );
}
