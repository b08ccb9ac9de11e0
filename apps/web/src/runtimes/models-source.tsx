import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { RefreshCw } from "lucide-react";
import { describeError } from "../data/describe-error.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";
import { Time } from "../ui/time.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** Where a program's list of models comes from, of when it is, and the wish for a new one. */
export function ModelsSource({ runtime }: { readonly runtime: Runtime }) {
  const text = useText();
  const workspace = useWorkspace();
  const ask = useCommand(runtimes.inspect, {
    onError: (error) => showToast({ tone: "failed", message: describeError(error, text) }),
  });
  const { modelsSource, problem, at, request } = runtime.inspection;
  const isAsking = ask.isPending || request === "pending" || request === "running";
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-faint">
      <span>
        {text.runtimes.modelsSource[modelsSource]}
        {problem !== null && ` ${problem}`}
      </span>
      {at !== null && <Time at={at} />}
      {request === "failed" && (
        <span className="text-failed-ink">{text.runtimes.modelsFailed}</span>
      )}
      {runtime.health === "online" && (
        <Button
          variant="quiet"
          size="small"
          icon={<RefreshCw size={12} />}
          disabled={isAsking}
          onClick={() => ask.mutate({ workspace: workspace.id, runtimeId: runtime.id })}
        >
          {isAsking ? text.runtimes.modelsAsking : text.runtimes.modelsAsk}
        </Button>
      )}
    </div>
  );
}
