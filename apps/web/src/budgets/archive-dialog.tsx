import { budgets } from "@headcount/contract/budgets/routes";
import type { Budget } from "@headcount/contract/budgets/schemas";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { BudgetRefusal } from "./refusal.tsx";

type ArchiveDialogProps = { readonly budget: Budget; readonly onClose: () => void };

/** What ends with a budget, before it does. */
export function ArchiveDialog({ budget, onClose }: ArchiveDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const archive = useCommand(budgets.archive, { onSuccess: onClose });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.budgets.archiveTitle({ name: budget.name })}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button
            variant="danger"
            busy={archive.isPending}
            onClick={() => archive.mutate({ workspace: workspace.id, budgetId: budget.id })}
          >
            {text.budgets.archive}
          </Button>
        </>
      }
    >
      <p className="text-muted">{text.budgets.archiveHint}</p>
      <BudgetRefusal error={archive.error} />
    </Dialog>
  );
}
