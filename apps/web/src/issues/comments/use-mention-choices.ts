import { agents } from "@headcount/contract/agents/routes";
import { members } from "@headcount/contract/members/routes";
import { useQuery } from "@tanstack/react-query";
import { query } from "../../data/query.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import type { PickedMention } from "./mention-text.ts";

const most = 7;

/** Agents and people whose name begins with, or contains, the word; none while nothing is asked. */
export function useMentionChoices(word: string | null): readonly PickedMention[] {
  const workspace = useWorkspace();
  const staff = useQuery(query(agents.list, { workspace: workspace.id }));
  const people = useQuery(query(members.list, { workspace: workspace.id }));
  if (word === null) return [];
  const wanted = word.toLowerCase();
  const all: readonly PickedMention[] = [
    ...(staff.data?.items ?? [])
      .filter((agent) => agent.archivedAt === null)
      .map((agent) => ({ type: "agent" as const, id: agent.id, name: agent.name })),
    ...(people.data?.items ?? []).map((member) => ({
      type: "member" as const,
      id: member.id,
      name: member.name,
    })),
  ];
  const rank = (mention: PickedMention) => mention.name.toLowerCase().indexOf(wanted);
  return all
    .filter((mention) => rank(mention) !== -1)
    .toSorted((left, right) => rank(left) - rank(right))
    .slice(0, most);
}
