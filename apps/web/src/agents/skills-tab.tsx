import { agentSkills, skills } from "@headcount/contract/skills/routes";
import type { SkillId } from "@headcount/contract/kit/ids";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BookOpen, Plus, X } from "lucide-react";
import { describeError } from "../data/describe-error.ts";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Switch } from "../ui/switch.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { AgentTabProps } from "./agent-tab-props.ts";

/** What the agent can read up on: its own skills, and those that every agent has. */
export function SkillsTab({ agent, mayEdit }: AgentTabProps) {
  const text = useText();
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const place = { workspace: workspace.id, agentId: agent.id };
  const own = query(agentSkills.list, place);
  const bound = useQuery(own);
  const all = useQuery(query(skills.list, { workspace: workspace.id }));
  const settled = {
    onSuccess: (reply: NonNullable<typeof bound.data>) => cache.setQueryData(own.queryKey, reply),
    onError: (error: unknown) => showToast({ tone: "failed", message: describeError(error, text) }),
  };
  const bind = useCommand(agentSkills.bind, settled);
  const unbind = useCommand(agentSkills.unbind, settled);
  const items = bound.data?.items ?? [];
  const has = new Set(items.map(({ skillId }) => skillId));
  const others = (all.data?.items ?? []).filter(({ id }) => !has.has(id));
  const isBusy = bind.isPending || unbind.isPending;
  return (
    <div className="flex w-full max-w-(--measure) flex-col gap-4 px-4 pt-5 pb-8">
      {!mayEdit && (
        <p className="rounded-card bg-sunken px-3 py-2 text-12 text-muted">
          {text.agents.readOnly}
        </p>
      )}
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-13 font-medium">{text.skills.onAgent}</h2>
        {mayEdit && all.data !== undefined && others.length > 0 && (
          <Combobox<SkillId>
            label={text.skills.addSkill}
            align="end"
            value={null}
            trigger={<Button icon={<Plus size={14} />}>{text.skills.addSkill}</Button>}
            options={others.map((skill) => ({
              value: skill.id,
              label: skill.name,
              keywords: [skill.description, ...skill.labels],
            }))}
            onChange={(skillId) => bind.mutate({ ...place, skillId, enabled: true })}
          />
        )}
      </div>
      {bound.isLoadingError && (
        <QueryError error={bound.error} onRetry={() => void bound.refetch()} />
      )}
      <ul className="overflow-hidden rounded-card border border-line bg-raised">
        {bound.data !== undefined && items.length === 0 && (
          <li className="border-b border-line px-3 py-3 text-13 text-faint">
            {text.skills.onAgentEmpty}{" "}
            <Link
              to="/$slug/skills"
              params={{ slug: workspace.slug }}
              className="text-accent-ink hover:underline"
            >
              {text.skills.title}
            </Link>
          </li>
        )}
        {items.map((skill) => (
          <li
            key={skill.skillId}
            className="flex items-center gap-2.5 border-b border-line px-3 py-2.5"
          >
            <BookOpen size={16} className="shrink-0 text-faint" />
            <div className="min-w-0 grow">
              <Switch
                label={skill.name}
                hint={skill.description}
                checked={skill.enabled}
                disabled={!mayEdit || isBusy}
                onChange={(enabled) => bind.mutate({ ...place, skillId: skill.skillId, enabled })}
              />
            </div>
            {mayEdit && (
              <IconButton
                size="small"
                label={text.skills.takeAway}
                onClick={() => unbind.mutate({ ...place, skillId: skill.skillId })}
              >
                <X />
              </IconButton>
            )}
          </li>
        ))}
        {(all.data?.builtIns ?? []).map((skill) => (
          <li
            key={skill.name}
            className="flex items-center gap-2.5 border-b border-line px-3 py-2.5 last:border-b-0"
          >
            <BookOpen size={16} className="shrink-0 text-faint" />
            <span className="min-w-0 grow">
              <span className="block text-13">{skill.name}</span>
              <span className="block text-12 text-faint">{skill.description}</span>
            </span>
            <span className="shrink-0 text-12 text-faint">{text.skills.always}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
