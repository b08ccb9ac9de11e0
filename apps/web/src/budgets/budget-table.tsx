import type { Budget } from "@headcount/contract/budgets/schemas";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import { Table, type Column } from "../ui/table.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { spentOfLimit } from "./amount-text.ts";
import { LevelBar } from "./level-bar.tsx";
import { ResetTime } from "./reset-time.tsx";
import { StateChip } from "./state-chip.tsx";

const route = getRouteApi("/$slug/budgets");

/** Budgets with their levels, nearest to their limit first. */
export function BudgetTable({ budgets }: { readonly budgets: readonly Budget[] }) {
  const text = useText();
  const { slug } = useWorkspace();
  const search = route.useSearch();
  const columns: readonly Column<Budget>[] = [
    {
      id: "name",
      label: text.budgets.name,
      cell: (budget) => (
        <Link
          to="/$slug/budgets"
          params={{ slug }}
          search={{ ...search, budget: budget.id }}
          className="inset-focus block min-w-0 truncate after:absolute after:inset-0"
        >
          <span className="font-medium">{budget.name}</span>
          <span className="ms-2 text-faint">
            {budget.subject?.name ?? text.budgets.scopes[budget.scope]}
          </span>
        </Link>
      ),
    },
    {
      id: "level",
      label: text.budgets.used,
      width: "28%",
      cell: (budget) => (
        <span className="flex items-center gap-2">
          <LevelBar budget={budget} className="min-w-8 grow" />
          <span className="figures w-10 shrink-0 text-end text-muted">
            {budget.status.percent}%
          </span>
        </span>
      ),
    },
    {
      id: "spent",
      label: text.budgets.limit,
      width: "220px",
      align: "end",
      from: "desk",
      cell: (budget) => <span className="figures text-muted">{spentOfLimit(budget, text)}</span>,
    },
    {
      id: "window",
      label: text.budgets.window,
      width: "112px",
      from: "wide",
      cell: (budget) => (
        <span className="text-muted">{text.budgets.windows[budget.window.kind]}</span>
      ),
    },
    {
      id: "resets",
      label: text.budgets.resets,
      width: "108px",
      align: "end",
      from: "tablet",
      cell: (budget) => <ResetTime budget={budget} />,
    },
    {
      id: "state",
      label: text.budgets.state,
      width: "148px",
      from: "tablet",
      cell: (budget) => <StateChip status={budget.status} />,
    },
  ];
  return (
    <Table
      label={text.budgets.title}
      columns={columns}
      rows={budgets}
      rowKey={(budget) => budget.id}
    />
  );
}
