import { issues } from "@headcount/contract/issues/routes";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Textarea } from "../../ui/textarea.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { TaskEstimate } from "../../usage/forecast/task-estimate.tsx";
import { TriggerChips } from "../trigger-chips.tsx";
import { startDialogStore } from "./start-dialog-store.ts";

/** Asks what happens with the agent of an issue that leaves the backlog. */
export function StartDialog() {
  const asked = startDialogStore((state) => state.asked);
  if (asked === null) return null;
  return <OpenStartDialog key={asked.issue.id} asked={asked} />;
}

type OpenStartDialogProps = {
  readonly asked: NonNullable<ReturnType<typeof startDialogStore.getState>["asked"]>;
};

function OpenStartDialog({ asked }: OpenStartDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const [note, setNote] = useState("");
  const { issue, status, answer } = asked;
  const preview = useQuery({
    ...query(issues.preview, { workspace: workspace.id, issue: issue.id, status }),
    staleTime: 0,
  });
  return (
    <Dialog
      open
      onOpenChange={() => answer(null)}
      width="narrow"
      title={text.issues.startDialogTitle({ agent: issue.assignee?.name ?? "", key: issue.key })}
      description={text.issues.startDialogHint({ status: text.states.category[status] })}
      footer={
        <>
          <Button variant="quiet" onClick={() => answer({ start: false, note: "" })}>
            {text.issues.moveOnly}
          </Button>
          <Button variant="primary" onClick={() => answer({ start: true, note: note.trim() })}>
            {text.issues.startAndMove}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {preview.data !== undefined && <TriggerChips verdicts={preview.data.triggers} />}
        {issue.assignee?.type === "agent" && (
          <TaskEstimate agentId={issue.assignee.id} projectId={issue.projectId} />
        )}
        <Field label={text.issues.handoffNote} hint={text.issues.handoffHint}>
          {(control) => (
            <Textarea
              {...control}
              value={note}
              maxLength={4000}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
