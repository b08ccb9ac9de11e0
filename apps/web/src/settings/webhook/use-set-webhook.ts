import { notices } from "@headcount/contract/notices/routes";
import { query } from "../../data/query.ts";
import { queryClient } from "../../data/query-client.ts";
import { useCommand } from "../../data/use-command.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

/** Sets the webhook; what was set is on screen before the feed brings it. The secret is null where it stays. */
export function useSetWebhook(onSet?: (secret: string | null) => void) {
  const { id: workspace } = useWorkspace();
  return useCommand(notices.setWebhook, {
    onSuccess: ({ webhook, secret }) => {
      queryClient.setQueryData(query(notices.webhook, { workspace }).queryKey, { webhook });
      onSet?.(secret);
    },
  });
}
