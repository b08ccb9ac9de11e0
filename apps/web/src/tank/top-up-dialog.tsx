import type { UserId } from "@headcount/contract/kit/ids";
import { tank } from "@headcount/contract/tank/routes";
import { TopUpAmount } from "@headcount/contract/tank/schemas";
import { useState, type FormEvent } from "react";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

export type TopUpFor = {
  readonly memberId: UserId | null;
  readonly name: string;
  readonly isFirst: boolean;
};

type TopUpDialogProps = { readonly target: TopUpFor; readonly onClose: () => void };

/** Pays into a tank. Its key is made once, so that a second press pays in nothing. */
export function TopUpDialog({ target, onClose }: TopUpDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const [amount, setAmount] = useState("");
  const [note, setNote] = useState("");
  const [checked, setChecked] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const topUp = useCommand(tank.topUp, { onSuccess: onClose });
  const isWrong = !TopUpAmount.safeParse(amount.trim()).success;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (isWrong || topUp.isPending) return;
    const member = target.memberId;
    topUp.mutate({ workspace: workspace.id, member, amount: amount.trim(), note, key });
  };
  return (
    <Dialog
      open
      width="narrow"
      title={text.tank.topUpTitle({ name: target.name })}
      description={target.isFirst ? text.tank.firstHint : text.tank.topUpHint}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" form="top-up" variant="primary" busy={topUp.isPending}>
            {text.tank.topUp}
          </Button>
        </>
      }
    >
      <form id="top-up" noValidate className="flex flex-col gap-3" onSubmit={send}>
        <Field label={text.tank.amount} error={checked && isWrong ? text.tank.amountWrong : null}>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
            />
          )}
        </Field>
        <Field label={text.tank.note} hint={text.tank.noteHint}>
          {(control) => (
            <Input
              {...control}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <FailureNote error={topUp.error} />
      </form>
    </Dialog>
  );
}
