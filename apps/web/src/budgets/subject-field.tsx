import { agents } from "@headcount/contract/agents/routes";
import type { BudgetScope } from "@headcount/contract/budgets/words";
import { members } from "@headcount/contract/members/routes";
import { projects } from "@headcount/contract/projects/routes";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

type SubjectFieldProps = {
  readonly scope: Exclude<BudgetScope, "workspace">;
  readonly value: string;
  readonly isMissing: boolean;
  readonly onChange: (subject: string) => void;
};

/** The thing or person that a budget is about. */
export function SubjectField({ scope, value, isMissing, onChange }: SubjectFieldProps) {
  const text = useText();
  const options = useSubjects(scope);
  return (
    <Field label={text.budgets.subject} error={isMissing ? text.budgets.subjectMissing : null}>
      {(control) =>
        options === null ? (
          <Input
            {...control}
            value={value}
            placeholder={
              scope === "issue" ? text.budgets.issuePlaceholder : text.budgets.taskPlaceholder
            }
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Select
            id={control.id}
            label={text.budgets.subject}
            value={value === "" ? undefined : value}
            options={options}
            placeholder={text.budgets.subjectPlaceholder}
            onChange={onChange}
          />
        )
      }
    </Field>
  );
}

type Option = { readonly value: string; readonly label: string };

/** Null for what is named by hand. */
function useSubjects(scope: SubjectFieldProps["scope"]): readonly Option[] | null {
  const input = { workspace: useWorkspace().id };
  const staff = useQuery({ ...query(agents.list, input), enabled: scope === "agent" });
  const people = useQuery({ ...query(members.list, input), enabled: scope === "member" });
  const work = useQuery({ ...query(projects.list, input), enabled: scope === "project" });
  switch (scope) {
    case "agent":
      return (staff.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
    case "member":
      return (people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
    case "project":
      return (work.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }));
    case "issue":
    case "task":
      return null;
  }
}
