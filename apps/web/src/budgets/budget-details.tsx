import { budgets } from "@headcount/contract/budgets/routes";
import type { Budget } from "@headcount/contract/budgets/schemas";
import type { BudgetId } from "@headcount/contract/kit/ids";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asTimePasses } from "../data/as-time-passes.ts";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { amountText } from "./amount-text.ts";
import { ArchiveDialog } from "./archive-dialog.tsx";
import { BudgetDialog } from "./budget-dialog.tsx";
import { BudgetHistory } from "./budget-history.tsx";
import { BudgetPeriods } from "./budget-periods.tsx";
import { BudgetTasks } from "./budget-tasks.tsx";
import { LevelBar } from "./level-bar.tsx";
import { RaiseDialog } from "./raise-dialog.tsx";
import { ResetTime } from "./reset-time.tsx";
import { StateChip } from "./state-chip.tsx";

type BudgetDetailsProps = {
  readonly budgetId: string;
  readonly mayChange: boolean;
  readonly onClose: () => void;
};

/** One budget: where it stands, what it holds, what it spent before, and who changed it. */
export function BudgetDetails({ budgetId, mayChange, onClose }: BudgetDetailsProps) {
  const text = useText();
  const workspace = useWorkspace();
  const [doing, setDoing] = useState<"raise" | "edit" | "archive" | null>(null);
  // What stands in the address is an id of this list, or the server says that there is none.
  const input = { workspace: workspace.id, budgetId: budgetId as BudgetId };
  const found = useQuery({ ...query(budgets.get, input), refetchInterval: asTimePasses });
  const budget = found.data;
  const close = (): void => setDoing(null);
  return (
    <>
      <Dialog
        open
        onOpenChange={onClose}
        width="wide"
        title={budget?.name ?? text.budgets.title}
        footer={
          budget !== undefined &&
          mayChange &&
          budget.archivedAt === null && <Actions budget={budget} onAct={setDoing} />
        }
      >
        {found.isPending && <Skeleton className="w-full" />}
        {found.isError && budget === undefined && (
          <QueryError error={found.error} onRetry={() => void found.refetch()} />
        )}
        {budget !== undefined && (
          <div className="flex flex-col gap-6">
            <Standing budget={budget} />
            <BudgetTasks budget={budget} />
            <BudgetPeriods budget={budget} />
            <BudgetHistory budget={budget} />
          </div>
        )}
      </Dialog>
      {budget !== undefined && doing === "raise" && <RaiseDialog budget={budget} onClose={close} />}
      {budget !== undefined && doing === "archive" && (
        <ArchiveDialog budget={budget} onClose={close} />
      )}
      {budget !== undefined && doing === "edit" && (
        <BudgetDialog budget={budget} onClose={close} onSaved={close} />
      )}
    </>
  );
}

type ActionsProps = {
  readonly budget: Budget;
  readonly onAct: (act: "raise" | "edit" | "archive") => void;
};

function Actions({ budget, onAct }: ActionsProps) {
  const text = useText();
  const workspace = useWorkspace();
  const update = useCommand(budgets.update);
  return (
    <>
      <Button variant="danger" className="me-auto" onClick={() => onAct("archive")}>
        {text.budgets.archive}
      </Button>
      <Button
        busy={update.isPending}
        onClick={() =>
          update.mutate({
            workspace: workspace.id,
            budgetId: budget.id,
            enabled: !budget.enabled,
          })
        }
      >
        {budget.enabled ? text.budgets.switchOff : text.budgets.switchOn}
      </Button>
      <Button onClick={() => onAct("edit")}>{text.budgets.edit}</Button>
      <Button variant="primary" onClick={() => onAct("raise")}>
        {text.budgets.raise}
      </Button>
    </>
  );
}

function Standing({ budget }: { readonly budget: Budget }) {
  const text = useText();
  const { status, unit } = budget;
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [text.budgets.scope, budget.subject?.name ?? text.budgets.scopes[budget.scope]],
    [text.budgets.window, text.budgets.windows[budget.window.kind]],
    [text.budgets.resets, <ResetTime key="reset" budget={budget} />],
    [text.budgets.action, text.budgets.actions[budget.action]],
  ];
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="figures text-20 font-semibold">
          {amountText(unit, status.spent, text)}
        </span>
        <span className="figures text-muted">
          {text.budgets.of({
            spent: `${status.percent}%`,
            limit: amountText(unit, budget.limit, text),
          })}
        </span>
        <span className="ms-auto">
          <StateChip status={status} />
        </span>
      </div>
      <LevelBar budget={budget} />
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 tablet:grid-cols-4">
        {facts.map(([label, value]) => (
          <div key={label} className="min-w-0">
            <dt className="text-12 text-faint">{label}</dt>
            <dd className="truncate">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
