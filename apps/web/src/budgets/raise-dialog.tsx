import { budgets } from "@headcount/contract/budgets/routes";
import { type Budget, BudgetLimit } from "@headcount/contract/budgets/schemas";
import { formatAmount, parseAmount } from "@headcount/domain/budgets/amounts";
import { type FormEvent, useId, useState } from "react";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { amountText } from "./amount-text.ts";
import { BudgetRefusal } from "./refusal.tsx";

type RaiseDialogProps = { readonly budget: Budget; readonly onClose: () => void };

/** Makes room in a budget; what it holds goes on at once. */
export function RaiseDialog({ budget, onClose }: RaiseDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const formId = useId();
  const [by, setBy] = useState("");
  const [note, setNote] = useState("");
  const [checked, setChecked] = useState(false);
  const raise = useCommand(budgets.raise, { onSuccess: onClose });
  const limit = raisedLimit(budget, by);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (limit === null || raise.isPending) return;
    raise.mutate({ workspace: workspace.id, budgetId: budget.id, by: by.trim(), note });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.budgets.raiseTitle({ name: budget.name })}
      description={text.budgets.raiseHint}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" busy={raise.isPending}>
            {text.budgets.raise}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={send}>
        <Field
          label={`${text.budgets.raiseBy} · ${text.budgets.units[budget.unit]}`}
          error={checked && limit === null ? text.budgets.limitMissing : null}
          hint={
            limit === null
              ? undefined
              : text.budgets.raiseTo({ limit: amountText(budget.unit, limit, text) })
          }
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              value={by}
              onChange={(event) => setBy(event.target.value)}
            />
          )}
        </Field>
        <Field label={text.budgets.raiseNote}>
          {(control) => (
            <Input
              {...control}
              maxLength={500}
              placeholder={text.budgets.raiseNotePlaceholder}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <BudgetRefusal error={raise.error} />
      </form>
    </Dialog>
  );
}

/** Null while what is to be added is no amount of the budget's unit. */
function raisedLimit({ unit, limit }: Budget, by: string): string | null {
  if (!BudgetLimit.safeParse(by.trim()).success) return null;
  const [now, more] = [parseAmount(unit, limit), parseAmount(unit, by.trim())];
  return now.ok && more.ok ? formatAmount(unit, now.value + more.value) : null;
}
