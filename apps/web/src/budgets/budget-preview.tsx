import { budgets } from "@headcount/contract/budgets/routes";
import type { BudgetWindow } from "@headcount/contract/budgets/window";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { useDebounced } from "../ui/use-debounced.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { amountText } from "./amount-text.ts";
import { type BudgetDraft, problemsOf } from "./budget-draft.ts";

type BudgetPreviewProps = { readonly draft: BudgetDraft; readonly window: BudgetWindow };

/** What a budget would show today, from the books, while it is still being thought about. */
export function BudgetPreview({ draft, window }: BudgetPreviewProps) {
  const text = useText();
  const workspace = useWorkspace();
  const { scope, unit } = draft;
  const subject = useDebounced(draft.subject.trim(), 400);
  const isKnown = scope === "workspace" || subject !== "";
  const found = useQuery({
    ...query(budgets.preview, {
      workspace: workspace.id,
      scope,
      subject: scope === "workspace" ? null : subject,
      unit,
      window,
    }),
    enabled: isKnown,
    retry: false,
  });
  if (!isKnown) return null;
  const preview = found.data;
  const isOver =
    preview !== undefined &&
    !problemsOf(draft).limit &&
    Number(preview.spent) >= Number(draft.limit);
  return (
    <section
      aria-live="polite"
      className="min-h-20 rounded-card border border-line bg-sunken px-3 py-2"
    >
      <h3 className="text-12 font-medium text-muted">{text.budgets.previewTitle}</h3>
      {found.isError && <p className="text-faint">{text.budgets.previewFailed}</p>}
      {preview !== undefined && (
        <>
          <p className="figures">
            {text.budgets.previewSpent({ spent: amountText(unit, preview.spent, text) })}
            {preview.spentBefore !== null && (
              <span className="ms-2 text-faint">
                {text.budgets.previewBefore({ spent: amountText(unit, preview.spentBefore, text) })}
              </span>
            )}
          </p>
          <p className="text-12 text-faint">
            {text.budgets.previewRunning({ count: preview.runningTasks })} ·{" "}
            {text.budgets.previewWaiting({ count: preview.queuedTasks })}
          </p>
          {isOver && <p className="text-waiting-ink">{text.budgets.previewOver}</p>}
        </>
      )}
    </section>
  );
}
