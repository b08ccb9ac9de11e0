import type { Agent } from "@headcount/contract/agents/schemas";
import { Link } from "@tanstack/react-router";
import { useFormat } from "../i18n/use-format.ts";
import { Avatar } from "../ui/avatar.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** As many avatars as have room in the column, with the number of the others. */
const mostAvatars = 4;

/** The agents of one person, each with the way to it. */
export function OwnedAgents({ agents }: { readonly agents: readonly Agent[] }) {
  const { slug } = useWorkspace();
  const format = useFormat();
  const others = agents.slice(mostAvatars);
  const names = format.list(others.map(({ name }) => name));
  return (
    <span className="flex items-center gap-1">
      {agents.slice(0, mostAvatars).map(({ id, name }) => (
        <Link key={id} to="/$slug/agents/$agentId" params={{ slug, agentId: id }} className="flex">
          <Avatar actor={{ type: "agent", id, name }} size={18} />
        </Link>
      ))}
      {others.length > 0 && (
        <Link
          to="/$slug/agents"
          params={{ slug }}
          title={names}
          aria-label={names}
          className="figures ps-0.5 text-12 text-muted hover:text-ink hover:underline"
        >
          +{format.number(others.length)}
        </Link>
      )}
    </span>
  );
}
