import { budgets } from "@headcount/contract/budgets/routes";
import type { Budget } from "@headcount/contract/budgets/schemas";
import { budgetScopes, budgetUnits } from "@headcount/contract/budgets/words";
import { localDate } from "@headcount/domain/usage/buckets";
import { type FormEvent, useId, useState } from "react";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { viewerTimeZone } from "../usage/viewer-time-zone.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { type BudgetDraft, draftOf, problemsOf, thresholdsOf, windowOf } from "./budget-draft.ts";
import { BudgetPreview } from "./budget-preview.tsx";
import { LimitFields } from "./limit-fields.tsx";
import { BudgetRefusal } from "./refusal.tsx";
import { SubjectField } from "./subject-field.tsx";

type BudgetDialogProps = {
  /** Null for a new one. */
  readonly budget: Budget | null;
  readonly onClose: () => void;
  readonly onSaved: (budget: Budget) => void;
};

/** A new budget, or one that is changed: what it counts stays then. */
export function BudgetDialog({ budget, onClose, onSaved }: BudgetDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const formId = useId();
  const zone = viewerTimeZone(workspace.user);
  const [draft, setDraft] = useState(() => draftOf(budget, zone, localDate(zone, new Date())));
  const [checked, setChecked] = useState(false);
  const saved = (result: Budget): void => {
    onClose();
    onSaved(result);
  };
  const create = useCommand(budgets.create, { onSuccess: saved });
  const update = useCommand(budgets.update, { onSuccess: saved });
  const busy = create.isPending || update.isPending;
  const problems = problemsOf(draft);
  const change = (next: Partial<BudgetDraft>): void => setDraft({ ...draft, ...next });
  const window = windowOf(draft);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    const thresholds = thresholdsOf(draft);
    if (Object.values(problems).includes(true) || window === null || thresholds === null || busy) {
      return;
    }
    const { name, action } = draft;
    const settings = { name, limit: draft.limit.trim(), window, thresholds, action };
    if (budget === null) {
      const { scope, unit } = draft;
      const subject = scope === "workspace" ? null : draft.subject.trim();
      create.mutate({ workspace: workspace.id, scope, subject, unit, ...settings });
    } else {
      const { id: budgetId, revision } = budget;
      update.mutate({ workspace: workspace.id, budgetId, revision, ...settings });
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={budget === null ? text.budgets.createTitle : text.budgets.editTitle}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            {budget === null ? text.common.create : text.common.save}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={send}>
        <Field
          label={text.budgets.name}
          error={checked && problems.name ? text.session.nameMissing : null}
        >
          {(control) => (
            <Input
              {...control}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this form
              autoFocus
              maxLength={80}
              placeholder={text.budgets.namePlaceholder}
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        {budget === null && (
          <>
            <div className="grid gap-4 tablet:grid-cols-2">
              <Field label={text.budgets.scope}>
                {(control) => (
                  <Select
                    id={control.id}
                    label={text.budgets.scope}
                    value={draft.scope}
                    options={budgetScopes.map((value) => ({
                      value,
                      label: text.budgets.scopes[value],
                    }))}
                    onChange={(scope) => change({ scope, subject: "" })}
                  />
                )}
              </Field>
              {draft.scope !== "workspace" && (
                <SubjectField
                  scope={draft.scope}
                  value={draft.subject}
                  isMissing={checked && problems.subject}
                  onChange={(subject) => change({ subject })}
                />
              )}
            </div>
            <Field label={text.budgets.unit}>
              {(control) => (
                <Select
                  id={control.id}
                  label={text.budgets.unit}
                  value={draft.unit}
                  options={budgetUnits.map((value) => ({
                    value,
                    label: text.budgets.units[value],
                  }))}
                  onChange={(unit) =>
                    change({
                      unit,
                      ...(unit === "tasks" && draft.action === "stop" ? { action: "hold" } : {}),
                    })
                  }
                />
              )}
            </Field>
          </>
        )}
        <LimitFields draft={draft} problems={checked ? problems : null} onChange={change} />
        {window !== null && <BudgetPreview draft={draft} window={window} />}
        <BudgetRefusal error={create.error ?? update.error} />
      </form>
    </Dialog>
  );
}
