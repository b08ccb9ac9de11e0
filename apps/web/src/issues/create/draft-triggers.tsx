import { issues } from "@headcount/contract/issues/routes";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Checkbox } from "../../ui/checkbox.tsx";
import { useDebounced } from "../../ui/use-debounced.ts";
import { TaskEstimate } from "../../usage/forecast/task-estimate.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { TriggerChips } from "../trigger-chips.tsx";
import type { Draft } from "./draft-store.ts";

const previewRestMs = 200;

type DraftTriggersProps = {
  readonly draft: Draft;
  readonly start: boolean;
  readonly onStart: (start: boolean) => void;
};

/** Whom a new issue starts, and what that usually takes; nothing where no agent is to do it. */
export function DraftTriggers({ draft, start, onStart }: DraftTriggersProps) {
  const text = useText();
  const workspace = useWorkspace();
  const agentId = draft.assignee?.type === "agent" ? draft.assignee.id : null;
  const input = useDebounced(
    JSON.stringify({ status: draft.status, agentId, start }),
    previewRestMs,
  );
  const asked = JSON.parse(input) as {
    status: Draft["status"];
    agentId: string | null;
    start: boolean;
  };
  const preview = useQuery({
    ...query(issues.preview, {
      workspace: workspace.id,
      status: asked.status,
      start: asked.start,
      assignee: asked.agentId === null ? null : { type: "agent", id: asked.agentId },
    }),
    enabled: asked.agentId !== null,
    staleTime: 5_000,
    placeholderData: keepPreviousData,
  });
  if (agentId === null) return null;
  // Until the answer for another agent is there, that of the one before stays in the cache, not on screen.
  const verdicts = preview.data?.triggers.filter((verdict) => verdict.agentId === agentId) ?? [];
  return (
    <div className="flex flex-col gap-2">
      {verdicts.length > 0 && <TriggerChips verdicts={verdicts} />}
      <TaskEstimate agentId={agentId} projectId={draft.projectId} />
      {draft.status !== "backlog" && (
        <Checkbox label={text.issues.startNow} checked={start} onChange={onStart} />
      )}
    </div>
  );
}
