import { members } from "@headcount/contract/members/routes";
import { useNavigate } from "@tanstack/react-router";
import { reloadBootstrap } from "../data/load-bootstrap.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** Asks before one leaves the workspace, and says what stops. */
export function LeaveDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const leave = useCommand(members.leave, {
    onSuccess: () => void reloadBootstrap().then(() => navigate({ to: "/", replace: true })),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.members.leaveTitle({ workspace: workspace.name })}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button
            variant="danger"
            busy={leave.isPending}
            onClick={() => leave.mutate({ workspace: workspace.id })}
          >
            {text.members.leaveAction}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-muted">{text.members.leaveStops}</p>
        <FailureNote error={leave.error} />
      </div>
    </Dialog>
  );
}
