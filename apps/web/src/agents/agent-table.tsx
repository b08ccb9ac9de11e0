import type { Agent } from "@headcount/contract/agents/schemas";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { Link } from "@tanstack/react-router";
import { Sparkline } from "../charts/sparkline.tsx";
import { useText } from "../i18n/use-text.ts";
import { HealthMark } from "../runtimes/health-mark.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Money } from "../ui/money.tsx";
import { Table, type Column } from "../ui/table.tsx";
import { useSpendBy } from "../usage/use-spend-by.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { PresenceMark } from "./presence-mark.tsx";

const weekDays = 7;

type AgentTableProps = { readonly agents: readonly Agent[]; readonly runtimes: readonly Runtime[] };

/** Agents by name: state, runtime, load, the last week and its cost. */
export function AgentTable({ agents: rows, runtimes }: AgentTableProps) {
  const text = useText();
  const { slug, user } = useWorkspace();
  const spend = useSpendBy("agent", weekDays);
  const columns: readonly Column<Agent>[] = [
    {
      id: "name",
      label: text.agents.name,
      cell: (agent) => (
        <Link
          to="/$slug/agents/$agentId"
          params={{ slug, agentId: agent.id }}
          className="inset-focus flex min-w-0 items-center gap-2.5 after:absolute after:inset-0"
        >
          <Avatar actor={{ type: "agent", id: agent.id, name: agent.name }} size={22} decorative />
          <span className="min-w-0 truncate">
            <span className="font-medium">{agent.name}</span>
            {agent.description !== "" && (
              <span className="ms-2 text-faint max-wide:hidden">{agent.description}</span>
            )}
          </span>
        </Link>
      ),
    },
    {
      id: "presence",
      label: text.agents.presenceLabel,
      width: "136px",
      cell: (agent) => <PresenceMark presence={agent.presence} />,
    },
    {
      id: "runtime",
      label: text.agents.runtime,
      width: "220px",
      from: "desk",
      cell: (agent) => <RuntimeCell agent={agent} runtimes={runtimes} />,
    },
    {
      id: "load",
      label: text.agents.load,
      width: "148px",
      from: "wide",
      cell: (agent) => <Load agent={agent} />,
    },
    {
      id: "owner",
      label: text.agents.owner,
      width: "128px",
      from: "wide",
      cell: (agent) => (
        <span className="text-muted">
          {agent.owner.id === user.id ? text.common.you : agent.owner.name}
        </span>
      ),
    },
    {
      id: "access",
      label: text.agents.accessLabel,
      width: "124px",
      from: "desk",
      cell: (agent) => <span className="text-muted">{text.agents.access[agent.access]}</span>,
    },
    {
      id: "week",
      label: text.agents.week,
      width: "176px",
      from: "tablet",
      align: "end",
      cell: (agent) => <Week agent={agent} usd={spend?.get(agent.id)} />,
    },
  ];
  return (
    <Table label={text.agents.title} columns={columns} rows={rows} rowKey={(agent) => agent.id} />
  );
}

function RuntimeCell({ agent, runtimes }: { agent: Agent; runtimes: readonly Runtime[] }) {
  const text = useText();
  if (agent.runtimeId === null) return <span className="text-faint">{text.agents.noRuntime}</span>;
  const runtime = runtimes.find(({ id }) => id === agent.runtimeId);
  if (runtime === undefined) {
    return <span className="text-faint">{text.agents.unknownRuntime}</span>;
  }
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-muted" title={runtime.name}>
      <HealthMark
        health={runtime.health}
        hasProblem={runtime.problem !== null}
        hideWord
        className="shrink-0"
      />
      <span className="max-w-2/3 shrink-0 truncate">{runtime.customName ?? runtime.cliTitle}</span>
      <span title={runtime.machineName} className="truncate text-faint">
        {runtime.machineName}
      </span>
    </span>
  );
}

function Load({ agent }: { readonly agent: Agent }) {
  const text = useText();
  if (agent.runningTasks === 0 && agent.queuedTasks === 0) {
    return <span className="text-faint">—</span>;
  }
  return (
    <span className="figures flex gap-2">
      {agent.runningTasks > 0 && (
        <span className="text-running-ink">
          {text.agents.running({ count: agent.runningTasks })}
        </span>
      )}
      {agent.queuedTasks > 0 && (
        <span className="text-queued-ink">{text.agents.queued({ count: agent.queuedTasks })}</span>
      )}
    </span>
  );
}

type WeekProps = {
  readonly agent: Agent;
  /** Null where nothing has a price; undefined where nothing was used. */
  readonly usd: string | null | undefined;
};

function Week({ agent, usd }: WeekProps) {
  const text = useText();
  const counts = agent.recentDays.map((day) => day.tasks);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (
    <span className="flex items-center justify-end gap-3">
      <Sparkline label={text.agents.weekLabel({ count: total })} values={counts} lastIsPartial />
      <span className="w-16 text-end text-muted">
        {usd === undefined ? <span className="text-faint">—</span> : <Money usd={usd} />}
      </span>
    </span>
  );
}
