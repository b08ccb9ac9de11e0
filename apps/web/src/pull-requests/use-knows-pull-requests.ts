import { pullRequests } from "@headcount/contract/pull-requests/routes";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** Whether Headcount knows of any pull request in this workspace. Undefined until that is known. */
export function useKnowsPullRequests(): boolean | undefined {
  const { id: workspace } = useWorkspace();
  const known = useQuery(query(pullRequests.list, { workspace, limit: 1 }));
  return known.data && known.data.items.length > 0;
}
