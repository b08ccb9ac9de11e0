import { budgetActions, budgetWindows } from "@headcount/contract/budgets/words";
import { useText } from "../i18n/use-text.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import type { BudgetDraft, DraftProblems } from "./budget-draft.ts";

type LimitFieldsProps = {
  readonly draft: BudgetDraft;
  /** Zone of the days that the form states. */
  readonly zone: string;
  /** Null before the form was sent. */
  readonly problems: DraftProblems | null;
  readonly onChange: (change: Partial<BudgetDraft>) => void;
};

/** How much, per what, and what happens then. */
export function LimitFields({ draft, zone, problems, onChange }: LimitFieldsProps) {
  const text = useText();
  const isCalendar = draft.kind !== "rolling_5h" && draft.kind !== "none";
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
        <Field
          label={text.budgets.window}
          hint={isCalendar ? `${text.budgets.zone} ${zone}` : undefined}
        >
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
      {draft.kind === "range" && (
        <div className="grid grid-cols-2 gap-4">
          <Field label={text.budgets.startDay}>
            {(control) => (
              <Input
                {...control}
                type="date"
                value={draft.startDay}
                onChange={(event) => onChange({ startDay: event.target.value })}
              />
            )}
          </Field>
          <Field
            label={text.budgets.endDay}
            error={problems?.range ? text.budgets.rangeWrong : null}
          >
            {(control) => (
              <Input
                {...control}
                type="date"
                value={draft.endDay}
                onChange={(event) => onChange({ endDay: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
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
