import { agents } from "@headcount/contract/agents/routes";
import type { AssigneeRef } from "@headcount/contract/kit/actors";
import { members } from "@headcount/contract/members/routes";
import { projects } from "@headcount/contract/projects/routes";
import { useQuery } from "@tanstack/react-query";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Avatar, NoAvatar } from "../../ui/avatar.tsx";
import { CategoryIcon, statusCategories, type StatusCategory } from "../../ui/category-icon.tsx";
import type { ComboboxOption } from "../../ui/combobox.tsx";
import { PriorityIcon, priorities, type Priority } from "../../ui/priority-icon.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

/** The statuses to choose from. */
export function useStatusChoices(): readonly ComboboxOption<StatusCategory>[] {
  const text = useText();
  return statusCategories.map((status) => ({
    value: status,
    label: text.states.category[status],
    icon: <CategoryIcon category={status} decorative />,
  }));
}

/** The priorities to choose from. */
export function usePriorityChoices(): readonly ComboboxOption<Priority>[] {
  const text = useText();
  return priorities.map((priority) => ({
    value: priority,
    label: text.states.priority[priority],
    icon: <PriorityIcon priority={priority} decorative />,
  }));
}

/** Value of "nobody" and "no project" in the lists. */
export const noneValue = "none";

export type AssigneeChoices = {
  readonly options: readonly ComboboxOption<string>[];
  /** The person or agent behind an option; null for nobody. */
  readonly resolve: (value: string) => AssigneeRef | null;
};

/** Nobody, the agents one may give work to, and the members; oneself first. */
export function useAssigneeChoices(): AssigneeChoices {
  const text = useText();
  const workspace = useWorkspace();
  const staff = useQuery(query(agents.list, { workspace: workspace.id }));
  const people = useQuery(query(members.list, { workspace: workspace.id }));
  const agentRefs = (staff.data?.items ?? [])
    .filter((agent) => agent.archivedAt === null && agent.canInvoke)
    .map((agent): AssigneeRef => ({ type: "agent", id: agent.id, name: agent.name }));
  const memberRefs = (people.data?.items ?? [])
    .toSorted(
      (left, right) =>
        Number(right.id === workspace.user.id) - Number(left.id === workspace.user.id),
    )
    .map((member): AssigneeRef => ({ type: "member", id: member.id, name: member.name }));
  const refs = [...agentRefs, ...memberRefs];
  const optionOf = (ref: AssigneeRef): ComboboxOption<string> => ({
    value: ref.id,
    label: ref.name,
    icon: <Avatar actor={ref} size={18} decorative />,
    group: ref.type === "agent" ? text.issues.agents : text.issues.people,
    ...(ref.id === workspace.user.id ? { hint: text.common.you } : {}),
  });
  return {
    options: [
      { value: noneValue, label: text.issues.noAssignee, icon: <NoAvatar size={18} /> },
      ...refs.map(optionOf),
    ],
    resolve: (value) => refs.find((ref) => ref.id === value) ?? null,
  };
}

/** No project, and the workspace's projects. */
export function useProjectChoices(): readonly ComboboxOption<string>[] {
  const text = useText();
  const workspace = useWorkspace();
  const list = useQuery(query(projects.list, { workspace: workspace.id }));
  return [
    { value: noneValue, label: text.issues.noProject },
    ...(list.data?.items ?? []).map((project) => ({ value: project.id, label: project.title })),
  ];
}
