import type { Activity } from "@headcount/contract/issues/schemas";
import { TaskId } from "@headcount/contract/kit/ids";
import { tasks } from "@headcount/contract/tasks/routes";
import { describeError } from "../../data/describe-error.ts";
import { useCommand } from "../../data/use-command.ts";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

/** The way on for a chain of agents that a loop guard has stopped. */
export function ContinueChain({ activity }: { readonly activity: Activity }) {
  const text = useText();
  const workspace = useWorkspace();
  const proceed = useCommand(tasks.continueChain, {
    onError: (error) => showToast({ tone: "failed", message: describeError(error, text) }),
  });
  const taskId = TaskId.safeParse(activity.details["taskId"]).data;
  if (activity.action !== "guard_tripped" || taskId === undefined) return null;
  return (
    <Button
      size="small"
      disabled={proceed.isPending}
      onClick={() => proceed.mutate({ workspace: workspace.id, taskId })}
    >
      {text.issues.continueChain}
    </Button>
  );
}
