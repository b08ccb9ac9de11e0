import { budgetActions, budgetWindows } from "@headcount/contract/budgets/words";
import { useText } from "../i18n/use-text.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import type { BudgetDraft, DraftProblems } from "./budget-draft.ts";
import { WindowFields } from "./window-fields.tsx";

export type LimitFieldsProps = {
  readonly draft: BudgetDraft;
  /** Null before the form was sent. */
  readonly problems: DraftProblems | null;
  readonly onChange: (change: Partial<BudgetDraft>) => void;
};

/** How much, per what, and what happens then. */
export function LimitFields({ draft, problems, onChange }: LimitFieldsProps) {
  const text = useText();
  return (
    <>
      <div className="grid gap-4 tablet:grid-cols-2">
        <Field
          label={`${text.budgets.limit} · ${text.budgets.units[draft.unit]}`}
          error={problems?.limit ? text.budgets.limitMissing : null}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              placeholder="500"
              value={draft.limit}
              onChange={(event) => onChange({ limit: event.target.value })}
            />
          )}
        </Field>
        <Field label={text.budgets.window}>
          {(control) => (
            <Select
              id={control.id}
              label={text.budgets.window}
              value={draft.kind}
              options={budgetWindows.map((value) => ({
                value,
                label: text.budgets.windows[value],
              }))}
              onChange={(kind) => onChange({ kind })}
            />
          )}
        </Field>
      </div>
      <WindowFields draft={draft} problems={problems} onChange={onChange} />
      <Field label={text.budgets.action} hint={text.budgets.actionHints[draft.action]}>
        {(control) => (
          <Select
            id={control.id}
            label={text.budgets.action}
            value={draft.action}
            options={budgetActions.map((value) => ({
              value,
              label: text.budgets.actions[value],
              disabled: value === "stop" && draft.unit === "tasks",
            }))}
            onChange={(action) => onChange({ action })}
          />
        )}
      </Field>
      <Field
        label={text.budgets.thresholds}
        hint={text.budgets.thresholdsHint}
        error={problems?.thresholds ? text.budgets.thresholdsWrong : null}
      >
        {(control) => (
          <Input
            {...control}
            value={draft.thresholds}
            onChange={(event) => onChange({ thresholds: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
