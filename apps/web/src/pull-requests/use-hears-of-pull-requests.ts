import { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { useKnowsPullRequests } from "./use-knows-pull-requests.ts";

/**
 * Whether anybody tells Headcount of pull requests in this workspace: it knows of one, or an admin
 * sees that a git host is connected. Undefined until that is known, and for people who may not see
 * whether one is while no pull request is known.
 */
export function useHearsOfPullRequests(): boolean | undefined {
  const { id: workspace, role } = useWorkspace();
  const known = useKnowsPullRequests();
  const isAdmin = isAllowed(role, "workspace.change", "other");
  const connected = useQuery({ ...query(gitConnections.list, { workspace }), enabled: isAdmin });
  if (known !== false) return known;
  return connected.data && connected.data.items.length > 0;
}
