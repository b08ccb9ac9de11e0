import type { Agent, AgentAccessMode } from "@headcount/contract/agents/schemas";
import { agents } from "@headcount/contract/agents/routes";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { useState, type FormEvent } from "react";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { bestRuntime } from "./best-runtime.ts";
import { ModelField } from "./model-field.tsx";
import { RuntimeFacts } from "./runtime-facts.tsx";
import { RuntimeSelect } from "./runtime-select.tsx";

type CreateAgentFormProps = {
  readonly formId: string;
  readonly workspaceId: string;
  readonly runtimes: readonly Runtime[];
  readonly suggestedName?: string;
  /** Leaves out what a first agent does not need. */
  readonly brief?: boolean;
  readonly onCreated: (agent: Agent) => void;
  readonly onBusy: (busy: boolean) => void;
};

/** A new agent: name, runtime and model; with instructions and access unless brief. */
export function CreateAgentForm(props: CreateAgentFormProps) {
  const { formId, workspaceId, runtimes, suggestedName = "", brief = false } = props;
  const text = useText();
  const [name, setName] = useState(suggestedName);
  const [chosen, setChosen] = useState<Runtime["id"] | null | undefined>();
  const [model, setModel] = useState("");
  const [instructions, setInstructions] = useState("");
  const [access, setAccess] = useState<AgentAccessMode>("owner_only");
  const [checked, setChecked] = useState(false);
  const runtimeId = chosen === undefined ? (bestRuntime(runtimes)?.id ?? null) : chosen;
  const runtime = runtimes.find(({ id }) => id === runtimeId);
  const create = useCommand(agents.create, {
    onSuccess: (agent) => {
      props.onBusy(false);
      props.onCreated(agent);
    },
    onError: () => props.onBusy(false),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === "" || create.isPending) return;
    props.onBusy(true);
    create.mutate({
      workspace: workspaceId,
      name,
      runtimeId,
      model: model.trim() === "" ? null : model,
      instructions,
      access,
    });
  };
  return (
    <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={send}>
      <Field
        label={text.agents.name}
        error={checked && name.trim() === "" ? text.session.nameMissing : null}
      >
        {(control) => (
          <Input
            {...control}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- opening the form means naming the agent
            autoFocus
            maxLength={60}
            placeholder={text.agents.namePlaceholder}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              create.reset();
            }}
          />
        )}
      </Field>
      <Field
        label={text.agents.runtime}
        hint={runtimes.length === 0 ? text.agents.noRuntimes : text.agents.runtimeHint}
      >
        {({ id }) => (
          <RuntimeSelect id={id} runtimes={runtimes} value={runtimeId} onChange={setChosen} />
        )}
      </Field>
      <RuntimeFacts runtime={runtime} />
      <ModelField runtime={runtime} value={model} onChange={setModel} />
      {!brief && (
        <>
          <Field label={text.agents.instructions} hint={text.agents.instructionsHint}>
            {(control) => (
              <Textarea
                {...control}
                maxLength={100_000}
                placeholder={text.agents.instructionsPlaceholder}
                value={instructions}
                onChange={(event) => setInstructions(event.target.value)}
              />
            )}
          </Field>
          <Field label={text.agents.accessTitle} hint={text.agents.accessHint[access]}>
            {({ id }) => (
              <Select
                id={id}
                label={text.agents.accessTitle}
                value={access}
                options={(["owner_only", "workspace"] as const).map((value) => ({
                  value,
                  label: text.agents.access[value],
                }))}
                onChange={setAccess}
              />
            )}
          </Field>
        </>
      )}
      <FailureNote error={create.error} />
    </form>
  );
}
