import { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import { useId, useState, type FormEvent } from "react";
import { useCommand } from "../../data/use-command.ts";
import { useText } from "../../i18n/use-text.ts";
import { FailureNote } from "../../session/failure-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { ConnectSteps } from "./connect-steps.tsx";

/** Asks for a name, then shows what to enter at the git host, with the secret for the only time. */
export function ConnectDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const workspace = useWorkspace();
  const formId = useId();
  const [name, setName] = useState("");
  const [checked, setChecked] = useState(false);
  const create = useCommand(gitConnections.create);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === "" || create.isPending) return;
    create.mutate({ workspace: workspace.id, host: "github", name: name.trim() });
  };
  if (create.data !== undefined) {
    return <ConnectSteps {...create.data} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.pullRequests.connectTitle}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending}>
            {text.pullRequests.create}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={send}>
        <Field
          label={text.pullRequests.name}
          hint={text.pullRequests.nameHint}
          error={checked && name.trim() === "" ? text.pullRequests.nameMissing : null}
        >
          {(control) => (
            <Input
              {...control}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this form
              autoFocus
              autoComplete="off"
              spellCheck={false}
              maxLength={100}
              placeholder={text.pullRequests.connectionNamePlaceholder}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <FailureNote error={create.error} />
      </form>
    </Dialog>
  );
}
