import type { Workspace } from "@headcount/contract/workspaces/schemas";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { query } from "../data/query.ts";
import { queryClient } from "../data/query-client.ts";
import { useCommand } from "../data/use-command.ts";

/** Changes the workspace; the saved one is on screen before the feed brings it. */
export function useUpdateWorkspace(onSaved: () => void) {
  return useCommand(workspaces.update, {
    onSuccess: (saved: Workspace) => {
      queryClient.setQueryData(query(workspaces.get, { workspace: saved.id }).queryKey, saved);
      onSaved();
    },
  });
}
