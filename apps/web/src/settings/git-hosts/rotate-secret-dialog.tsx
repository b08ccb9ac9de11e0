import { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import type { GitConnection } from "@headcount/contract/pull-requests/schemas";
import { useCommand } from "../../data/use-command.ts";
import { useText } from "../../i18n/use-text.ts";
import { SecretLine } from "../../members/secret-line.tsx";
import { FailureNote } from "../../session/failure-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

type RotateSecretDialogProps = {
  readonly connection: GitConnection;
  readonly onClose: () => void;
};

/** Asks before the present secret ends, then shows the next one for the only time. */
export function RotateSecretDialog({ connection, onClose }: RotateSecretDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const rotate = useCommand(gitConnections.rotateSecret);
  if (rotate.data !== undefined) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={text.pullRequests.rotatedTitle}
        description={text.pullRequests.rotatedHint}
        footer={
          <Button variant="primary" onClick={onClose}>
            {text.common.done}
          </Button>
        }
      >
        <SecretLine value={rotate.data.secret} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.pullRequests.rotateTitle}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button
            variant="primary"
            busy={rotate.isPending}
            onClick={() => rotate.mutate({ workspace: workspace.id, connectionId: connection.id })}
          >
            {text.pullRequests.rotate}
          </Button>
        </>
      }
    >
      <p className="text-muted">{text.pullRequests.rotateHint}</p>
      <FailureNote error={rotate.error} />
    </Dialog>
  );
}
