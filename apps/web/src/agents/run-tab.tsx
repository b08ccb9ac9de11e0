import { agents } from "@headcount/contract/agents/routes";
import { useState } from "react";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { AgentTabProps } from "./agent-tab-props.ts";
import { ConfigFrame } from "./config-frame.tsx";
import { isConflict } from "./instructions-tab.tsx";
import { ModelField } from "./model-field.tsx";
import { RuntimeFacts } from "./runtime-facts.tsx";
import { RuntimeSelect, usableBy, useRuntimes } from "./runtime-select.tsx";
import { SaveBar } from "./save-bar.tsx";
import { useDraft } from "./use-draft.ts";
import { wholeNumber } from "./whole-number.ts";

const mostTasks = 50;
const longestMinutes = 10_080;

/** Runtime, model, effort, arguments and limits. */
export function RunTab({ agent, mayEdit }: AgentTabProps) {
  const text = useText();
  const workspace = useWorkspace();
  const runtimes = usableBy(useRuntimes(workspace.id), agent.owner.id);
  const [checked, setChecked] = useState(false);
  const draft = useDraft(
    {
      runtimeId: agent.runtimeId,
      model: agent.model ?? "",
      effort: agent.effort ?? "",
      arguments: agent.arguments.join("\n"),
      maxTasks: String(agent.limits.maxConcurrentTasks),
      wallClock: String(agent.limits.wallClockMinutes ?? ""),
    },
    agent.revision,
  );
  const update = useCommand(agents.update, { onSuccess: draft.reset });
  const { fields } = draft;
  const maxTasks = wholeNumber(fields.maxTasks, 1, mostTasks);
  const wallClock =
    fields.wallClock.trim() === "" ? null : wholeNumber(fields.wallClock, 1, longestMinutes);
  const runtime = runtimes.find(({ id }) => id === fields.runtimeId);
  const wrongIf = (isWrong: boolean) => (checked && isWrong ? text.agents.numberInvalid : null);
  const save = () => {
    setChecked(true);
    if (maxTasks === undefined || wallClock === undefined || update.isPending) return;
    update.mutate({
      workspace: workspace.id,
      agentId: agent.id,
      runtimeId: fields.runtimeId,
      model: orNull(fields.model),
      effort: orNull(fields.effort),
      arguments: fields.arguments.split("\n").filter((line) => line.trim() !== ""),
      limits: { maxConcurrentTasks: maxTasks, wallClockMinutes: wallClock },
      ...(draft.revision === null ? {} : { expectedRevision: draft.revision }),
    });
  };
  return (
    <ConfigFrame onSend={save} notice={mayEdit ? null : text.agents.readOnly}>
      <Field label={text.agents.runtime} hint={text.agents.runtimeHint}>
        {({ id }) => (
          <RuntimeSelect
            id={id}
            className="max-w-100"
            runtimes={runtimes}
            value={fields.runtimeId}
            disabled={!mayEdit}
            onChange={(runtimeId) => draft.change({ runtimeId })}
          />
        )}
      </Field>
      <RuntimeFacts runtime={runtime} />
      <div className="grid gap-5 tablet:grid-cols-2">
        <ModelField
          runtime={runtime}
          value={fields.model}
          disabled={!mayEdit}
          onChange={(model) => draft.change({ model })}
        />
        <Field label={text.agents.effort} hint={text.agents.effortHint}>
          {(control) => (
            <Input
              {...control}
              maxLength={40}
              spellCheck={false}
              disabled={!mayEdit}
              value={fields.effort}
              onChange={(event) => draft.change({ effort: event.target.value })}
            />
          )}
        </Field>
        <NumberField
          label={text.agents.maxTasks}
          hint={text.agents.maxTasksHint}
          error={wrongIf(maxTasks === undefined)}
          disabled={!mayEdit}
          value={fields.maxTasks}
          onChange={(value) => draft.change({ maxTasks: value })}
        />
        <NumberField
          label={text.agents.wallClock}
          hint={text.agents.wallClockHint}
          error={wrongIf(wallClock === undefined)}
          disabled={!mayEdit}
          value={fields.wallClock}
          onChange={(value) => draft.change({ wallClock: value })}
        />
      </div>
      <Field label={text.agents.arguments} hint={text.agents.argumentsHint}>
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            disabled={!mayEdit}
            className="font-mono text-12!"
            value={fields.arguments}
            onChange={(event) => draft.change({ arguments: event.target.value })}
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

function orNull(value: string): string | null {
  return value.trim() === "" ? null : value;
}
