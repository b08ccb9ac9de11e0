import { workspaces } from "@headcount/contract/workspaces/routes";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState, type FormEvent } from "react";
import { reloadBootstrap } from "../data/load-bootstrap.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** Deletes the workspace once its address has been typed. */
export function DeleteWorkspaceDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const formId = useId();
  const [typed, setTyped] = useState("");
  const remove = useCommand(workspaces.delete, {
    onSuccess: () => void reloadBootstrap().then(() => navigate({ to: "/", replace: true })),
  });
  const matches = typed.trim() === workspace.slug;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!matches || remove.isPending) return;
    remove.mutate({ workspace: workspace.id, confirmSlug: typed.trim() });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.settings.deleteConfirmTitle({ name: workspace.name })}
      description={text.settings.deleteHint}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button
            type="submit"
            form={formId}
            variant="danger"
            disabled={!matches}
            busy={remove.isPending}
          >
            {text.settings.deleteAction}
          </Button>
        </>
      }
    >
      <form id={formId} className="flex flex-col gap-3" onSubmit={send}>
        <Field label={text.settings.deleteConfirm({ slug: workspace.slug })}>
          {(control) => (
            <Input
              {...control}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this field
              autoFocus
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <FailureNote error={remove.error} />
      </form>
    </Dialog>
  );
}
