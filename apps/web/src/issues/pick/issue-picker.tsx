import { Command } from "cmdk";
import { Check } from "lucide-react";
import { Dialog } from "radix-ui";
import { describeError } from "../../data/describe-error.ts";
import { useText } from "../../i18n/use-text.ts";
import { returnFocus } from "../../ui/focus-memory.ts";
import type { ComboboxOption } from "../../ui/combobox.tsx";
import { menuRowLook } from "../../ui/menu.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { askToStart } from "../start/start-dialog-store.ts";
import { updateIssue, type IssueUpdate } from "../update-issue.ts";
import { closePicker, pickerStore, type Picking } from "./picker-store.ts";
import {
  noneValue,
  useAssigneeChoices,
  usePriorityChoices,
  useProjectChoices,
  useStatusChoices,
} from "./use-choices.tsx";

/** The list of values for one field of one issue, opened by S, P, A or a menu. */
export function IssuePicker() {
  const picking = pickerStore((state) => state.picking);
  return picking === null ? null : <OpenPicker picking={picking} />;
}

function OpenPicker({ picking }: { readonly picking: Picking }) {
  const text = useText();
  const workspace = useWorkspace();
  const { issue, field } = picking;
  const statuses = useStatusChoices();
  const priorities = usePriorityChoices();
  const assignees = useAssigneeChoices();
  const projects = useProjectChoices();
  const lists: Readonly<Record<Picking["field"], readonly ComboboxOption<string>[]>> = {
    status: statuses,
    priority: priorities,
    assignee: assignees.options,
    project: projects,
  };
  const labels = {
    status: text.issues.moveTo,
    priority: text.issues.setPriority,
    assignee: text.issues.setAssignee,
    project: text.issues.setProject,
  };
  const current = {
    status: issue.status,
    priority: issue.priority,
    assignee: issue.assignee?.id ?? noneValue,
    project: issue.projectId ?? noneValue,
  }[field];
  const changesFor = async (value: string): Promise<IssueUpdate | null> => {
    const status = statuses.find((option) => option.value === value)?.value;
    if (field === "status" && status !== undefined) {
      const parked = issue.status === "backlog" && issue.assignee?.type === "agent";
      if (!parked || ["backlog", "done", "cancelled"].includes(status)) return { status };
      const choice = await askToStart(issue, status);
      return choice === null ? null : { status, start: choice.start, handoffNote: choice.note };
    }
    const priority = priorities.find((option) => option.value === value)?.value;
    if (field === "priority" && priority !== undefined) return { priority };
    if (field === "assignee") return { assignee: assignees.resolve(value) };
    // The list holds ids that the server gave out for projects.
    return {
      projectId: value === noneValue ? null : (value as NonNullable<typeof issue.projectId>),
    };
  };
  const choose = async (value: string) => {
    closePicker();
    if (value === current) return;
    try {
      const changes = await changesFor(value);
      if (changes !== null) await updateIssue(workspace.id, issue, changes);
    } catch (error) {
      showToast({ tone: "failed", message: `${issue.key}: ${describeError(error, text)}` });
    }
  };
  const groups = [...new Set(lists[field].map((option) => option.group ?? ""))];
  return (
    <Dialog.Root open onOpenChange={closePicker}>
      <Dialog.Portal>
        <Dialog.Overlay className="motion-fade fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="motion-dialog fixed left-1/2 top-[18vh] z-50 w-[min(420px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-dialog bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="truncate px-4 pt-3 text-12 text-faint">
            <span className="figures">{issue.key}</span> · {issue.title}
          </Dialog.Title>
          <Command label={labels[field]} loop defaultValue={current}>
            <Command.Input
              placeholder={labels[field]}
              className="field-text h-10 w-full border-b border-line bg-transparent px-4 outline-none"
            />
            <Command.List className="max-h-80 overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-4 text-12 text-faint">
                {text.common.noMatches}
              </Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group}
                  heading={group || undefined}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
                >
                  {lists[field]
                    .filter((option) => (option.group ?? "") === group)
                    .map((option) => (
                      <Command.Item
                        key={option.value}
                        value={option.value}
                        keywords={[option.label]}
                        onSelect={() => void choose(option.value)}
                        className={menuRowLook}
                      >
                        {option.icon}
                        <span className="grow truncate">{option.label}</span>
                        {option.hint !== undefined && (
                          <span className="text-12 text-faint">{option.hint}</span>
                        )}
                        {option.value === current && <Check size={14} />}
                      </Command.Item>
                    ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
