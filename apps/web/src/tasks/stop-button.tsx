import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import { Square } from "lucide-react";
import { describeError } from "../data/describe-error.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

type StopButtonProps = { readonly taskId: Task["id"]; readonly agentName: string };

/** Stops a run at once; what it has done and used stays, so nothing is asked first. */
export function StopButton({ taskId, agentName }: StopButtonProps) {
  const text = useText();
  const workspace = useWorkspace();
  const cancel = useCommand(tasks.cancel, {
    onError: (error) => showToast({ tone: "failed", message: describeError(error, text) }),
  });
  return (
    <Button
      size="small"
      icon={<Square size={11} fill="currentColor" />}
      busy={cancel.isPending}
      title={text.runs.stopTitle({ agent: agentName })}
      onClick={() => cancel.mutate({ workspace: workspace.id, taskId })}
    >
      {text.runs.stop}
    </Button>
  );
}
