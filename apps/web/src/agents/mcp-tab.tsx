import { agentMcp } from "@headcount/contract/agents/mcp-routes";
import { useState } from "react";
import { describeError } from "../data/describe-error.ts";
import { sendCommand, useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Field } from "../ui/field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { AgentTabProps } from "./agent-tab-props.ts";
import { ConfigFrame } from "./config-frame.tsx";
import { type McpChoice, readMcpServers, shownMcpServers, storedChoice } from "./mcp-draft.ts";
import { SaveBar } from "./save-bar.tsx";

/** Which MCP servers a run gets. Names always; the servers themselves after asking, which is recorded. */
export function McpTab({ agent, mayEdit }: AgentTabProps) {
  const text = useText();
  const workspace = useWorkspace();
  const [picked, setPicked] = useState<McpChoice | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [revealError, setRevealError] = useState<unknown>(null);
  const stored = storedChoice(agent.mcpServerNames);
  const choice = picked ?? stored;
  const input = { workspace: workspace.id, agentId: agent.id };
  const reset = () => {
    setPicked(null);
    setTyped(null);
  };
  const save = useCommand(agentMcp.set, { onSuccess: reset });
  const read = readMcpServers(choice, typed);
  const isHidden = choice === "these" && stored === "these" && typed === null;
  const reveal = () => {
    sendCommand(agentMcp.get, input).then(
      (reply) => setTyped(shownMcpServers(reply.mcpServers)),
      setRevealError,
    );
  };
  const send = () => {
    if (!mayEdit || read === "unreadable" || isHidden || save.isPending) return;
    save.mutate({ ...input, mcpServers: read });
  };
  return (
    <ConfigFrame onSend={send} notice={mayEdit ? null : text.agents.mcpNotYours}>
      <p className="text-13 text-muted">{text.agents.mcpHint}</p>
      {mayEdit && (
        <div>
          <Segmented
            label={text.agents.tabs.mcp}
            value={choice}
            options={(["machine", "these", "none"] as const).map((value) => ({
              value,
              label: text.agents.mcpChoice[value],
            }))}
            onChange={setPicked}
          />
        </div>
      )}
      <p className="text-12 text-faint">{text.agents.mcpChoiceHint[choice]}</p>
      {(isHidden || !mayEdit) && (
        <div className="flex flex-wrap items-center gap-2">
          {agent.mcpServerNames?.map((name) => (
            <Chip key={name}>{name}</Chip>
          ))}
          {isHidden && mayEdit && (
            <>
              <Button onClick={reveal}>{text.agents.mcpReveal}</Button>
              <span className="text-12 text-faint">{text.agents.environmentHidden}</span>
            </>
          )}
        </div>
      )}
      {choice === "these" && !isHidden && mayEdit && (
        <Field
          label={text.agents.mcpServers}
          hint={text.agents.mcpServersHint}
          error={read === "unreadable" ? text.agents.mcpUnreadable : null}
        >
          {(control) => (
            <Textarea
              {...control}
              spellCheck={false}
              autoCapitalize="none"
              className="min-h-48 font-mono text-12!"
              value={typed ?? shownMcpServers(null)}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
      {revealError !== null && (
        <p role="alert" className="text-12 text-failed-ink">
          {describeError(revealError, text)}
        </p>
      )}
      <SaveBar
        dirty={!isHidden && (choice !== stored || typed !== null)}
        busy={save.isPending}
        error={save.error}
        onDiscard={() => {
          reset();
          save.reset();
        }}
      />
    </ConfigFrame>
  );
}
