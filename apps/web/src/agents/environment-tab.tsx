import { agents } from "@headcount/contract/agents/routes";
import { EnvironmentName } from "@headcount/contract/agents/schemas";
import { Eye, Plus, X } from "lucide-react";
import { useState } from "react";
import { describeError } from "../data/describe-error.ts";
import { sendCommand, useCommand } from "../data/use-command.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Input } from "../ui/input.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { AgentTabProps } from "./agent-tab-props.ts";
import { ConfigFrame } from "./config-frame.tsx";
import { SaveBar } from "./save-bar.tsx";

/** A stored variable keeps its value until another one is typed; `null` stands for "as stored". */
type Variable = { readonly id: string; readonly name: string; readonly value: string | null };

const keptValue = "****";

/** Names always, values only after asking for them, which is recorded. */
export function EnvironmentTab({ agent, mayEdit }: AgentTabProps) {
  const text = useText();
  const format = useFormat();
  const workspace = useWorkspace();
  const stored = agent.environmentKeys.map((name) => ({ id: name, name, value: null }));
  const [edited, setEdited] = useState<readonly Variable[] | null>(null);
  const [revealed, setRevealed] = useState<Readonly<Record<string, string>> | null>(null);
  const [revealError, setRevealError] = useState<unknown>(null);
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  const variables = edited ?? stored;
  const input = { workspace: workspace.id, agentId: agent.id };
  const save = useCommand(agents.setEnvironment, {
    onSuccess: (reply) => {
      setEdited(null);
      setRevealed(null);
      setSkipped(reply.skipped);
    },
  });
  if (!mayEdit) {
    return (
      <ConfigFrame notice={text.agents.environmentNotYours}>
        <p className="text-13 text-muted">{format.list(agent.environmentKeys)}</p>
      </ConfigFrame>
    );
  }
  const problem = problemOf(variables, text.agents);
  const reveal = () => {
    sendCommand(agents.getEnvironment, input).then(
      (reply) => setRevealed(reply.variables),
      setRevealError,
    );
  };
  const change = (id: string, changes: Partial<Variable>) =>
    setEdited(variables.map((one) => (one.id === id ? { ...one, ...changes } : one)));
  const send = () => {
    if (problem !== null || edited === null || save.isPending) return;
    const entries = edited
      .filter(({ name }) => name !== "")
      .map((one) => [one.name, one.value ?? keptValue] as const);
    save.mutate({ ...input, variables: Object.fromEntries(entries) });
  };
  return (
    <ConfigFrame onSend={send}>
      <p className="text-13 text-muted">{text.agents.environmentHint}</p>
      {variables.length === 0 && (
        <p className="rounded-card border border-dashed border-line px-3 py-4 text-13 text-faint">
          {text.agents.environmentEmpty}
        </p>
      )}
      {variables.length > 0 && (
        <ul className="flex flex-col gap-2">
          {variables.map((one) => (
            <li key={one.id} className="grid grid-cols-[1fr_1fr_auto] items-center gap-2">
              <Input
                aria-label={text.agents.variableName}
                spellCheck={false}
                autoCapitalize="none"
                placeholder="API_BASE"
                className="font-mono text-12!"
                value={one.name}
                readOnly={one.value === null}
                onChange={(event) => change(one.id, { name: event.target.value })}
              />
              <Input
                aria-label={`${text.agents.variableValue} ${one.name}`}
                spellCheck={false}
                autoComplete="off"
                placeholder={one.value === null ? "••••••••" : text.agents.variableValue}
                className="font-mono text-12!"
                value={one.value ?? revealed?.[one.name] ?? ""}
                onChange={(event) => change(one.id, { value: event.target.value })}
              />
              <IconButton
                label={text.agents.removeVariable({ name: one.name })}
                onClick={() => setEdited(variables.filter(({ id }) => id !== one.id))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {problem !== null && (
        <p role="alert" className="text-12 text-failed-ink">
          {problem}
        </p>
      )}
      {skipped.length > 0 && (
        <p role="alert" className="text-12 text-waiting-ink">
          {text.agents.environmentSkipped({ names: format.list(skipped) })}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          icon={<Plus size={14} />}
          onClick={() =>
            setEdited([...variables, { id: crypto.randomUUID(), name: "", value: "" }])
          }
        >
          {text.agents.addVariable}
        </Button>
        {stored.length > 0 && revealed === null && (
          <Button icon={<Eye size={14} />} onClick={reveal}>
            {text.agents.reveal}
          </Button>
        )}
        {stored.length > 0 && (
          <span className="text-12 text-faint">
            {revealed === null ? text.agents.environmentHidden : text.agents.revealed}
          </span>
        )}
      </div>
      {revealError !== null && (
        <p role="alert" className="text-12 text-failed-ink">
          {describeError(revealError, text)}
        </p>
      )}
      <SaveBar
        dirty={edited !== null}
        busy={save.isPending}
        error={save.error}
        onDiscard={() => {
          setEdited(null);
          save.reset();
        }}
      />
    </ConfigFrame>
  );
}

type Words = { readonly variableInvalid: string; readonly variableTwice: string };

function problemOf(variables: readonly Variable[], words: Words): string | null {
  const names = variables.map(({ name }) => name);
  const typed = names.filter((name) => name !== "");
  if (typed.some((name) => !EnvironmentName.safeParse(name).success)) return words.variableInvalid;
  if (new Set(typed).size < typed.length) return words.variableTwice;
  return null;
}
