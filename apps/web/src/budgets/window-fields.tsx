import { useText } from "../i18n/use-text.ts";
import { ZoneField } from "../settings/zone-field.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import type { BudgetDraft, DraftProblems } from "./budget-draft.ts";

type WindowFieldsProps = {
  readonly draft: BudgetDraft;
  /** Null before the form was sent. */
  readonly problems: DraftProblems | null;
  readonly onChange: (change: Partial<BudgetDraft>) => void;
};

/** When windows of the calendar begin. The last five hours and all time have nothing to say there. */
export function WindowFields({ draft, problems, onChange }: WindowFieldsProps) {
  const text = useText();
  if (draft.kind === "rolling_5h" || draft.kind === "none") return null;
  return (
    <>
      {draft.kind === "range" && (
        <RangeFields draft={draft} problems={problems} onChange={onChange} />
      )}
      <div className="grid grid-cols-2 gap-4">
        {draft.kind !== "range" && <ResetFields draft={draft} onChange={onChange} />}
        <ZoneField
          label={text.budgets.zone}
          value={draft.zone}
          canFollowBrowser={false}
          onChange={(zone) => zone !== null && onChange({ zone })}
        />
      </div>
    </>
  );
}

type ResetFieldsProps = Omit<WindowFieldsProps, "problems">;

function ResetFields({ draft, onChange }: ResetFieldsProps) {
  const text = useText();
  const numbers = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return (
    <>
      {draft.kind === "week" && (
        <NumberSelect
          label={text.budgets.resetWeekday}
          value={draft.resetWeekday}
          values={numbers(1, 7)}
          name={(day) => text.budgets.weekdays[day - 1] ?? ""}
          onChange={(resetWeekday) => onChange({ resetWeekday })}
        />
      )}
      {draft.kind === "month" && (
        <NumberSelect
          label={text.budgets.resetDay}
          value={draft.resetDay}
          values={numbers(1, 28)}
          name={(day) => text.budgets.dayOfMonth({ day })}
          onChange={(resetDay) => onChange({ resetDay })}
        />
      )}
      <NumberSelect
        label={text.budgets.resetHour}
        value={draft.resetHour}
        values={numbers(0, 23)}
        name={(hour) => `${String(hour).padStart(2, "0")}:00`}
        onChange={(resetHour) => onChange({ resetHour })}
      />
    </>
  );
}

type NumberSelectProps = {
  readonly label: string;
  readonly value: number;
  readonly values: readonly number[];
  readonly name: (value: number) => string;
  readonly onChange: (value: number) => void;
};

function NumberSelect({ label, value, values, name, onChange }: NumberSelectProps) {
  return (
    <Field label={label}>
      {({ id }) => (
        <Select
          id={id}
          label={label}
          value={String(value)}
          options={values.map((one) => ({ value: String(one), label: name(one) }))}
          onChange={(chosen) => onChange(Number(chosen))}
        />
      )}
    </Field>
  );
}

function RangeFields({ draft, problems, onChange }: WindowFieldsProps) {
  const text = useText();
  return (
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
      <Field label={text.budgets.endDay} error={problems?.window ? text.budgets.rangeWrong : null}>
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
  );
}
