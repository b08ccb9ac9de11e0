import { skills } from "@headcount/contract/skills/routes";
import type { Skill } from "@headcount/contract/skills/schemas";
import { type FormEvent, useId, useState } from "react";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { RefusalNote } from "./refusal-note.tsx";

type CreateSkillDialogProps = {
  readonly onClose: () => void;
  readonly onCreated: (skill: Skill) => void;
};

/** A new skill: name, when to use it, and its instructions. */
export function CreateSkillDialog({ onClose, onCreated }: CreateSkillDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const formId = useId();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [instructions, setInstructions] = useState("");
  const [checked, setChecked] = useState(false);
  const create = useCommand(skills.create, { onSuccess: onCreated });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === "" || description.trim() === "" || create.isPending) return;
    create.mutate({ workspace: workspace.id, name, description, instructions });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.skills.createTitle}
      description={text.skills.createHint}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending}>
            {text.skills.create}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={send}>
        <Field
          label={text.skills.name}
          error={checked && name.trim() === "" ? text.session.nameMissing : null}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={64}
              placeholder={text.skills.namePlaceholder}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field
          label={text.skills.description}
          hint={text.skills.descriptionHint}
          error={checked && description.trim() === "" ? text.skills.descriptionMissing : null}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={1_024}
              placeholder={text.skills.descriptionPlaceholder}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <Field label={text.skills.instructions}>
          {(control) => (
            <Textarea
              {...control}
              className="min-h-40 font-mono text-12"
              placeholder={text.skills.instructionsPlaceholder}
              value={instructions}
              onChange={(event) => setInstructions(event.target.value)}
            />
          )}
        </Field>
        <RefusalNote error={create.error} />
      </form>
    </Dialog>
  );
}
