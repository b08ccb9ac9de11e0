import type { Agent } from "@headcount/contract/agents/schemas";
import { useId, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { CreateAgentForm } from "./create-agent-form.tsx";
import { usableBy, useRuntimes } from "./runtime-select.tsx";

type CreateAgentDialogProps = {
  readonly onClose: () => void;
  readonly onCreated: (agent: Agent) => void;
};

/** A new agent, in a dialog. */
export function CreateAgentDialog({ onClose, onCreated }: CreateAgentDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const runtimes = usableBy(useRuntimes(workspace.id), workspace.user.id);
  const formId = useId();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.agents.createTitle}
      description={text.agents.createHint}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            {text.agents.create}
          </Button>
        </>
      }
    >
      <CreateAgentForm
        formId={formId}
        workspaceId={workspace.id}
        runtimes={runtimes}
        onCreated={onCreated}
        onBusy={setBusy}
      />
    </Dialog>
  );
}
