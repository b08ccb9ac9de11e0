import { budgets } from "@headcount/contract/budgets/routes";
import type { Budget } from "@headcount/contract/budgets/schemas";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { Chip } from "../ui/chip.tsx";
import { Time } from "../ui/time.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** What a budget holds, and what runs in its scope. */
export function BudgetTasks({ budget }: { readonly budget: Budget }) {
  const text = useText();
  const workspace = useWorkspace();
  const found = useQuery(query(budgets.tasks, { workspace: workspace.id, budgetId: budget.id }));
  const items = found.data?.items ?? [];
  return (
    <section>
      <h3 className="mb-1 text-12 font-medium text-muted">{text.budgets.tasksTitle}</h3>
      {found.data !== undefined && items.length === 0 && (
        <p className="text-faint">{text.budgets.tasksNone}</p>
      )}
      <ul className="flex flex-col">
        {items.map((task) => (
          <li
            key={task.taskId}
            className="flex min-h-(--row-dense) items-center gap-2 border-b border-line last:border-b-0"
          >
            <Link
              to="/$slug/issues/$issueKey"
              params={{ slug: workspace.slug, issueKey: task.issueKey }}
              className="min-w-0 grow truncate hover:underline"
            >
              <span className="figures me-2 text-faint">{task.issueKey}</span>
              {task.issueTitle}
            </Link>
            <span className="shrink-0 text-muted max-tablet:hidden">{task.agentName}</span>
            <Time at={task.since} className="shrink-0 text-faint" />
            <Chip tone={task.held ? "waiting" : "running"}>
              {task.held ? text.budgets.taskHeld : text.budgets.taskRunning}
            </Chip>
          </li>
        ))}
      </ul>
    </section>
  );
}
