import type { Agent } from "@headcount/contract/agents/schemas";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type KeyboardEvent } from "react";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { isComposing } from "../shell/match-keys.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { StepFrame } from "./step-frame.tsx";

type IssueStepProps = {
  readonly onDone: (issueKey: string) => void;
  readonly onBack: () => void;
};

/** The first issue, prefilled with a small friendly example and assigned to the agent. */
export function IssueStep({ onDone, onBack }: IssueStepProps) {
  const text = useText();
  const workspace = useWorkspace();
  const staff = useQuery(query(agents.list, { workspace: workspace.id }));
  if (staff.data === undefined) return null;
  const choices = staff.data.items.filter((agent) => agent.archivedAt === null && agent.canInvoke);
  if (choices.length === 0) {
    return (
      <StepFrame title={text.onboarding.issueTitle} hint={text.onboarding.issueNoAgent}>
        <div>
          <Button variant="primary" size="large" onClick={onBack}>
            {text.onboarding.issueToAgent}
          </Button>
        </div>
      </StepFrame>
    );
  }
  return <IssueForm choices={choices} onDone={onDone} />;
}

type IssueFormProps = {
  readonly choices: readonly Agent[];
  readonly onDone: (issueKey: string) => void;
};

function IssueForm({ choices, onDone }: IssueFormProps) {
  const text = useText();
  const workspace = useWorkspace();
  const [title, setTitle] = useState(text.onboarding.issueExampleTitle);
  const [description, setDescription] = useState(text.onboarding.issueExampleText);
  const [agentId, setAgentId] = useState<string>(choices.at(-1)?.id ?? "");
  const create = useCommand(issues.create, { onSuccess: ({ issue }) => onDone(issue.key) });
  const agent = choices.find(({ id }) => id === agentId);
  const send = () => {
    if (title.trim() === "" || create.isPending) return;
    create.mutate({
      workspace: workspace.id,
      title,
      description,
      assignee: agent === undefined ? null : { type: "agent", id: agent.id },
      allowDuplicate: true,
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <StepFrame title={text.onboarding.issueTitle} hint={text.onboarding.issueHint}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the shortcut belongs to the whole form */}
      <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit} onKeyDown={onKeyDown}>
        <Field
          label={text.issues.titleLabel}
          error={title.trim() === "" ? text.session.nameMissing : null}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={500}
              className="h-9 font-medium"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Field label={text.issues.descriptionLabel}>
          {(control) => (
            <Textarea
              {...control}
              className="min-h-24"
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <Field
          label={text.issues.assignee}
          hint={agent === undefined ? undefined : text.onboarding.issueFor({ agent: agent.name })}
        >
          {({ id }) => (
            <Select
              id={id}
              label={text.issues.assignee}
              value={agentId}
              className="max-w-80"
              options={choices.map((choice) => ({
                value: choice.id as string,
                label: choice.name,
                icon: (
                  <Avatar
                    actor={{ type: "agent", id: choice.id, name: choice.name }}
                    size={18}
                    decorative
                  />
                ),
              }))}
              onChange={setAgentId}
            />
          )}
        </Field>
        <FailureNote error={create.error} />
        <div>
          <Button type="submit" variant="primary" size="large" busy={create.isPending}>
            {text.onboarding.issueCreate}
          </Button>
        </div>
      </form>
    </StepFrame>
  );
}
