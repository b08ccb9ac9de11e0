import { invitations } from "@headcount/contract/members/routes";
import { EmailAddress } from "@headcount/contract/users/schemas";
import { useId, useState, type FormEvent } from "react";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { SecretLine } from "./secret-line.tsx";

type InvitedRole = "admin" | "member";

/** Makes an invitation link, then shows it once for copying. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const workspace = useWorkspace();
  const formId = useId();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<InvitedRole>("member");
  const [checked, setChecked] = useState(false);
  const invite = useCommand(invitations.create);
  const emailIsValid = EmailAddress.safeParse(email.trim()).success;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!emailIsValid || invite.isPending) return;
    invite.mutate({ workspace: workspace.id, email: email.trim(), role });
  };
  if (invite.data !== undefined) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={text.members.inviteReadyTitle}
        description={text.members.inviteReadyHint({ email: invite.data.invitation.email })}
        footer={
          <>
            <Button
              onClick={() => {
                invite.reset();
                setEmail("");
                setChecked(false);
              }}
            >
              {text.members.inviteAnother}
            </Button>
            <Button variant="primary" onClick={onClose}>
              {text.common.done}
            </Button>
          </>
        }
      >
        <SecretLine value={invite.data.url} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.members.inviteTitle}
      description={text.members.inviteHint}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" busy={invite.isPending}>
            {text.members.inviteAction}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={send}>
        <Field
          label={text.members.inviteEmail}
          hint={text.members.inviteEmailHint}
          error={checked && !emailIsValid ? text.session.emailInvalid : null}
        >
          {(control) => (
            <Input
              {...control}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this form
              autoFocus
              type="email"
              maxLength={254}
              placeholder="lin@example.org"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label={text.members.role} hint={text.members.roleHints[role]}>
          {({ id }) => (
            <Select
              id={id}
              label={text.members.role}
              value={role}
              onChange={setRole}
              options={(["member", "admin"] as const).map((value) => ({
                value,
                label: text.members.roles[value],
              }))}
            />
          )}
        </Field>
        <FailureNote error={invite.error} />
      </form>
    </Dialog>
  );
}
