import { AgentAccessMode } from "@headcount/contract/agents/schemas";
import { agents } from "@headcount/contract/agents/routes";
import { members } from "@headcount/contract/members/routes";
import { useQuery } from "@tanstack/react-query";
import { RadioGroup } from "radix-ui";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { AgentTabProps } from "./agent-tab-props.ts";
import { ConfigFrame } from "./config-frame.tsx";
import { SaveBar } from "./save-bar.tsx";
import { useDraft } from "./use-draft.ts";

/** Who may give the agent work; its owner decides. */
export function AccessTab({ agent }: AgentTabProps) {
  const text = useText();
  const workspace = useWorkspace();
  const isOwner = agent.owner.id === workspace.user.id;
  const people = useQuery(query(members.list, { workspace: workspace.id }));
  const draft = useDraft(
    { access: agent.access, allowedMemberIds: agent.allowedMemberIds },
    agent.revision,
  );
  const setAccess = useCommand(agents.setAccess, { onSuccess: draft.reset });
  const { access, allowedMemberIds } = draft.fields;
  const save = () => {
    if (setAccess.isPending) return;
    setAccess.mutate({
      workspace: workspace.id,
      agentId: agent.id,
      access,
      allowedMemberIds: access === "allow_list" ? allowedMemberIds : [],
    });
  };
  const others = (people.data?.items ?? []).filter(({ id }) => id !== agent.owner.id);
  return (
    <ConfigFrame onSend={save} notice={isOwner ? null : text.agents.accessOwnerOnly}>
      <RadioGroup.Root
        aria-label={text.agents.accessTitle}
        value={access}
        disabled={!isOwner}
        onValueChange={(value) => draft.change({ access: AgentAccessMode.parse(value) })}
        className="flex flex-col overflow-hidden rounded-card border border-line"
      >
        {AgentAccessMode.options.map((mode) => (
          <RadioGroup.Item
            key={mode}
            value={mode}
            className="group inset-focus flex items-start gap-3 border-t border-line px-3 py-2.5 text-start first:border-t-0 hover:bg-hover disabled:opacity-60 data-[state=checked]:bg-selected"
          >
            <span
              aria-hidden="true"
              className="mt-0.5 size-3.5 shrink-0 rounded-full border border-ghost group-data-[state=checked]:border-[4.5px] group-data-[state=checked]:border-accent"
            />
            <span className="min-w-0">
              <span className="block font-medium">{text.agents.access[mode]}</span>
              <span className="block text-12 text-muted">{text.agents.accessHint[mode]}</span>
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {access === "allow_list" && (
        <fieldset className="flex flex-col gap-1" disabled={!isOwner}>
          <legend className="mb-1 text-12 font-medium text-muted">
            {text.agents.allowedPeople}
          </legend>
          {others.map((person) => (
            <div key={person.id} className="flex items-center gap-2">
              <Avatar
                actor={{ type: "member", id: person.id, name: person.name }}
                size={20}
                decorative
              />
              <Checkbox
                label={person.name}
                disabled={!isOwner}
                checked={allowedMemberIds.includes(person.id)}
                onChange={(allowed) =>
                  draft.change({
                    allowedMemberIds: allowed
                      ? [...allowedMemberIds, person.id]
                      : allowedMemberIds.filter((id) => id !== person.id),
                  })
                }
              />
            </div>
          ))}
          {others.length === 0 && <p className="text-12 text-faint">{text.members.alone}</p>}
        </fieldset>
      )}
      <SaveBar
        dirty={draft.dirty}
        busy={setAccess.isPending}
        error={setAccess.error}
        onDiscard={() => {
          draft.reset();
          setAccess.reset();
        }}
      />
    </ConfigFrame>
  );
}
