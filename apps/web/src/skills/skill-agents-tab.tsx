import { agents } from "@headcount/contract/agents/routes";
import type { Agent } from "@headcount/contract/agents/schemas";
import { agentSkills } from "@headcount/contract/skills/routes";
import type { Skill } from "@headcount/contract/skills/schemas";
import { isAllowed } from "@headcount/domain/members/permissions";
import { useQuery } from "@tanstack/react-query";
import { describeError } from "../data/describe-error.ts";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Switch } from "../ui/switch.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** Which agents have the skill; those whom one may edit can be given it here. */
export function SkillAgentsTab({ skill }: { readonly skill: Skill }) {
  const text = useText();
  const workspace = useWorkspace();
  const list = useQuery(query(agents.list, { workspace: workspace.id, archived: false }));
  const active = (list.data?.items ?? []).filter(({ archivedAt }) => archivedAt === null);
  return (
    <div className="flex w-full max-w-(--measure) flex-col gap-3 px-4 pt-5 pb-8">
      <p className="text-12 text-muted">{text.skills.agentsHint}</p>
      {list.isLoadingError && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {list.data !== undefined && active.length === 0 && (
        <p className="text-13 text-faint">{text.skills.noAgents}</p>
      )}
      {active.length > 0 && (
        <ul className="overflow-hidden rounded-card border border-line bg-raised">
          {active.map((agent) => (
            <AgentRow key={agent.id} agent={agent} skill={skill} />
          ))}
        </ul>
      )}
    </div>
  );
}

function AgentRow({ agent, skill }: { readonly agent: Agent; readonly skill: Skill }) {
  const text = useText();
  const workspace = useWorkspace();
  const fail = (error: unknown): void =>
    showToast({ tone: "failed", message: describeError(error, text) });
  const bind = useCommand(agentSkills.bind, { onError: fail });
  const use = skill.agents.find(({ agentId }) => agentId === agent.id);
  const relation = agent.owner.id === workspace.user.id ? "own" : "visible";
  const mayEdit = isAllowed(workspace.role, "agent.edit", relation);
  return (
    <li className="flex items-center gap-2.5 border-b border-line px-3 py-2.5 last:border-b-0">
      <Avatar actor={{ type: "agent", id: agent.id, name: agent.name }} size={22} decorative />
      <div className="min-w-0 grow">
        <Switch
          label={agent.name}
          {...(mayEdit ? {} : { hint: text.skills.notYours })}
          checked={bind.isPending ? bind.variables.enabled !== false : use?.enabled === true}
          disabled={!mayEdit || bind.isPending}
          onChange={(enabled) =>
            bind.mutate({
              workspace: workspace.id,
              agentId: agent.id,
              skillId: skill.id,
              enabled,
            })
          }
        />
      </div>
    </li>
  );
}
