import { ApiError } from "@headcount/client/api-error";
import { agents } from "@headcount/contract/agents/routes";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { AgentTabProps } from "./agent-tab-props.ts";
import { ConfigFrame } from "./config-frame.tsx";
import { SaveBar } from "./save-bar.tsx";
import { useDraft } from "./use-draft.ts";

/** Name, description and instructions. */
export function InstructionsTab({ agent, mayEdit }: AgentTabProps) {
  const text = useText();
  const workspace = useWorkspace();
  const { name, description, instructions, revision } = agent;
  const draft = useDraft({ name, description, instructions }, revision);
  const update = useCommand(agents.update, { onSuccess: draft.reset });
  const { fields } = draft;
  const nameMissing = fields.name.trim() === "";
  const save = () => {
    if (nameMissing || update.isPending) return;
    update.mutate({
      workspace: workspace.id,
      agentId: agent.id,
      ...fields,
      ...(draft.revision === null ? {} : { expectedRevision: draft.revision }),
    });
  };
  return (
    <ConfigFrame onSend={save} notice={mayEdit ? null : text.agents.readOnly}>
      <Field label={text.agents.name} error={nameMissing ? text.session.nameMissing : null}>
        {(control) => (
          <Input
            {...control}
            maxLength={60}
            disabled={!mayEdit}
            className="max-w-80"
            value={fields.name}
            onChange={(event) => draft.change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={text.agents.description}>
        {(control) => (
          <Input
            {...control}
            maxLength={255}
            disabled={!mayEdit}
            placeholder={text.agents.descriptionPlaceholder}
            value={fields.description}
            onChange={(event) => draft.change({ description: event.target.value })}
          />
        )}
      </Field>
      <Field label={text.agents.instructions} hint={text.agents.instructionsHint}>
        {(control) => (
          <Textarea
            {...control}
            maxLength={100_000}
            disabled={!mayEdit}
            className="min-h-60"
            placeholder={text.agents.instructionsPlaceholder}
            value={fields.instructions}
            onChange={(event) => draft.change({ instructions: event.target.value })}
          />
        )}
      </Field>
      <SaveBar
        dirty={draft.dirty}
        busy={update.isPending}
        error={update.error}
        errorHint={isConflict(update.error) ? text.agents.conflictHint : null}
        onDiscard={() => {
          draft.reset();
          update.reset();
        }}
      />
    </ConfigFrame>
  );
}

/** Whether a save was refused because somebody else saved first. */
export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.reason === "revision_conflict";
}
