import { FolderGit2 } from "lucide-react";
import { useText } from "../../i18n/use-text.ts";
import { Avatar, NoAvatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { CategoryIcon } from "../../ui/category-icon.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { PriorityIcon } from "../../ui/priority-icon.tsx";
import {
  noneValue,
  useAssigneeChoices,
  usePriorityChoices,
  useProjectChoices,
  useStatusChoices,
} from "../pick/use-choices.tsx";
import type { Draft } from "./draft-store.ts";

type DraftPropertiesProps = {
  readonly draft: Draft;
  readonly onChange: (changes: Partial<Draft>) => void;
};

/** Status, assignee, priority and project of a new issue, each behind a button that shows it. */
export function DraftProperties({ draft, onChange }: DraftPropertiesProps) {
  const text = useText();
  const statuses = useStatusChoices();
  const priorities = usePriorityChoices();
  const assignees = useAssigneeChoices();
  const projects = useProjectChoices();
  const project = projects.find((option) => option.value === draft.projectId);
  return (
    <div className="flex flex-wrap gap-1.5">
      <Combobox
        label={text.issues.status}
        value={draft.status}
        options={statuses}
        onChange={(status) => onChange({ status })}
        trigger={
          <Button icon={<CategoryIcon category={draft.status} decorative />}>
            {text.states.category[draft.status]}
          </Button>
        }
      />
      <Combobox
        label={text.issues.assignee}
        value={draft.assignee?.id ?? noneValue}
        options={assignees.options}
        onChange={(value) => onChange({ assignee: assignees.resolve(value) })}
        trigger={
          <Button
            icon={
              draft.assignee === null ? (
                <NoAvatar size={16} />
              ) : (
                <Avatar actor={draft.assignee} size={16} decorative />
              )
            }
          >
            {draft.assignee?.name ?? text.issues.assignee}
          </Button>
        }
      />
      <Combobox
        label={text.issues.priority}
        value={draft.priority}
        options={priorities}
        onChange={(priority) => onChange({ priority })}
        trigger={
          <Button icon={<PriorityIcon priority={draft.priority} decorative />}>
            {text.states.priority[draft.priority]}
          </Button>
        }
      />
      {projects.length > 1 && (
        <Combobox
          label={text.issues.project}
          value={draft.projectId ?? noneValue}
          options={projects}
          onChange={(value) => onChange({ projectId: value === noneValue ? null : value })}
          trigger={
            <Button icon={<FolderGit2 size={14} />}>
              {draft.projectId === null ? text.issues.project : (project?.label ?? "")}
            </Button>
          }
        />
      )}
    </div>
  );
}
