import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

type RemoveRuntimeDialogProps = { readonly runtime: Runtime; readonly onClose: () => void };

/** Says which agents and tasks lose their runtime, then removes exactly that. */
export function RemoveRuntimeDialog({ runtime, onClose }: RemoveRuntimeDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const forget = useCommand(runtimes.delete, { onSuccess: onClose });
  const detach = useCommand(runtimes.removeAndDelete, { onSuccess: onClose });
  const input = { workspace: workspace.id, runtimeId: runtime.id };
  const used = runtime.agents.length > 0;
  const remove = () => {
    if (!used) {
      forget.mutate(input);
      return;
    }
    detach.mutate({ ...input, agentIds: runtime.agents.map(({ id }) => id) });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.runtimes.removeTitle({ name: runtime.name })}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button variant="danger" busy={forget.isPending || detach.isPending} onClick={remove}>
            {text.runtimes.removeAction}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {!used && <p className="text-muted">{text.runtimes.removeUnused}</p>}
        {used && (
          <>
            <p>{text.runtimes.removeUsed({ count: runtime.agents.length })}</p>
            <ul className="flex flex-col gap-1.5">
              {runtime.agents.map((agent) => (
                <li key={agent.id} className="flex items-center gap-2">
                  <Avatar actor={{ type: "agent", ...agent }} size={18} decorative />
                  {agent.name}
                </li>
              ))}
            </ul>
          </>
        )}
        {runtime.runningTasks > 0 && (
          <p className="font-medium text-failed-ink">
            {text.runtimes.removeTasks({ count: runtime.runningTasks })}
          </p>
        )}
        <FailureNote error={forget.error ?? detach.error} />
      </div>
    </Dialog>
  );
}
