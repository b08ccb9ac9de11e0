import { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import { pullRequests } from "@headcount/contract/pull-requests/routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/**
 * Whether anybody tells Headcount of pull requests in this workspace: it knows of one, or an admin
 * sees that a git host is connected. Undefined until that is known.
 */
export function useHearsOfPullRequests(): boolean | undefined {
  const { id: workspace, role } = useWorkspace();
  const known = useQuery(query(pullRequests.list, { workspace, limit: 1 }));
  const isAdmin = isAllowed(role, "workspace.change", "other");
  const connected = useQuery({ ...query(gitConnections.list, { workspace }), enabled: isAdmin });
  if (known.data === undefined || (isAdmin && connected.data === undefined)) return undefined;
  return known.data.items.length > 0 || (connected.data?.items.length ?? 0) > 0;
}
