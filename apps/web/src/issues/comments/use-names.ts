import { agents } from "@headcount/contract/agents/routes";
import { members } from "@headcount/contract/members/routes";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

/** The present name behind a member's or agent's id; a placeholder once they are gone. */
export type NameOf = (type: "member" | "agent", id: string) => string;

export function useNames(): NameOf {
  const text = useText();
  const workspace = useWorkspace();
  const staff = useQuery(query(agents.list, { workspace: workspace.id }));
  const people = useQuery(query(members.list, { workspace: workspace.id }));
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const one of [...(staff.data?.items ?? []), ...(people.data?.items ?? [])]) {
      names.set(one.id, one.name);
    }
    return (type, id) =>
      names.get(id) ?? (type === "agent" ? text.common.deletedAgent : text.common.deletedPerson);
  }, [staff.data, people.data, text]);
}
