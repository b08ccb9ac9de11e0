import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { useId, useState, type FormEvent } from "react";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

type RenameRuntimeDialogProps = { readonly runtime: Runtime; readonly onClose: () => void };

/** Gives a runtime a name of its own, or takes it back. */
export function RenameRuntimeDialog({ runtime, onClose }: RenameRuntimeDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const formId = useId();
  const [name, setName] = useState(runtime.customName ?? "");
  const update = useCommand(runtimes.update, { onSuccess: onClose });
  const send = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({
      workspace: workspace.id,
      runtimeId: runtime.id,
      customName: name.trim() === "" ? null : name,
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.runtimes.renameTitle}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" busy={update.isPending}>
            {text.common.save}
          </Button>
        </>
      }
    >
      <form id={formId} className="flex flex-col gap-3" onSubmit={send}>
        <Field
          label={text.agents.name}
          hint={text.runtimes.renameHint({
            name: `${runtime.machineName} · ${runtime.cliTitle}`,
          })}
        >
          {(control) => (
            <Input
              {...control}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this field
              autoFocus
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <FailureNote error={update.error} />
      </form>
    </Dialog>
  );
}
