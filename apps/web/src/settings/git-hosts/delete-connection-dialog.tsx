import { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import type { GitConnection } from "@headcount/contract/pull-requests/schemas";
import { useCommand } from "../../data/use-command.ts";
import { useText } from "../../i18n/use-text.ts";
import { FailureNote } from "../../session/failure-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

type DeleteConnectionDialogProps = {
  readonly connection: GitConnection;
  readonly onClose: () => void;
};

/** Asks before a git host is heard no more. */
export function DeleteConnectionDialog({ connection, onClose }: DeleteConnectionDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const remove = useCommand(gitConnections.delete, { onSuccess: onClose });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.pullRequests.removeTitle({ name: connection.name })}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button
            variant="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate({ workspace: workspace.id, connectionId: connection.id })}
          >
            {text.pullRequests.remove}
          </Button>
        </>
      }
    >
      <p className="text-muted">{text.pullRequests.removeHint}</p>
      <FailureNote error={remove.error} />
    </Dialog>
  );
}
