import type { Agent } from "@headcount/contract/agents/schemas";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { agents } from "@headcount/contract/agents/routes";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Bot, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { Sparkline } from "../charts/sparkline.tsx";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { HealthMark } from "../runtimes/health-mark.tsx";
import { useCommands, type Command } from "../shell/commands.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { HeaderAction } from "../ui/header-action.tsx";
import { HeaderSearch } from "../ui/header-search.tsx";
import { Money } from "../ui/money.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Table, type Column } from "../ui/table.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { AgentsPicture } from "./agents-picture.tsx";
import { CreateAgentDialog } from "./create-agent-dialog.tsx";
import { PresenceMark } from "./presence-mark.tsx";
import { useRuntimes } from "./runtime-select.tsx";
import { weekCost } from "./week-cost.ts";

const route = getRouteApi("/$slug/agents");

/** Who works here: state, runtime, load, the last week and its cost. */
export function AgentsPage() {
  const text = useText();
  const workspace = useWorkspace();
  const search = route.useSearch();
  const setSearch = route.useNavigate();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const archived = search.archived === true;
  const list = useQuery(query(agents.list, { workspace: workspace.id, archived }));
  const runtimes = useRuntimes(workspace.id);
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: "create-agent",
        label: text.agents.newAgent,
        group: "general",
        icon: Bot,
        run: () => setCreating(true),
      },
    ],
    [text],
  );
  useCommands(commands);
  const all = (list.data?.items ?? []).filter((agent) => (agent.archivedAt !== null) === archived);
  const wanted = (search.text ?? "").trim().toLowerCase();
  const shown = all.filter((agent) =>
    `${agent.name} ${agent.description} ${agent.owner.name}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <PageHeader
        title={text.agents.title}
        facts={
          list.data !== undefined && (
            <span className="figures text-12 text-faint">{all.length}</span>
          )
        }
        actions={
          <>
            <HeaderSearch
              label={text.agents.search}
              value={search.text}
              onChange={(next) =>
                void setSearch({ search: { ...search, text: next }, replace: true })
              }
            />
            <Segmented
              label={text.agents.shown}
              value={archived ? "archived" : "active"}
              options={[
                { value: "active", label: text.agents.showActive },
                { value: "archived", label: text.agents.showArchived },
              ]}
              onChange={(next) =>
                void setSearch({
                  search: { ...search, archived: next === "archived" || undefined },
                })
              }
            />
            <HeaderAction
              label={text.agents.newAgent}
              icon={Plus}
              variant="primary"
              onClick={() => setCreating(true)}
            />
          </>
        }
      />
      <div className="min-h-0 grow overflow-y-auto">
        {list.isPending && <AgentsSkeleton />}
        {list.isError && list.data === undefined && (
          <QueryError error={list.error} onRetry={() => void list.refetch()} />
        )}
        {list.data !== undefined && all.length === 0 && archived && (
          <EmptyState title={text.agents.noneArchived} />
        )}
        {list.data !== undefined && all.length === 0 && !archived && (
          <EmptyState
            title={text.agents.emptyTitle}
            hint={text.agents.emptyHint}
            picture={<AgentsPicture />}
            action={
              <Button variant="primary" icon={<Plus size={14} />} onClick={() => setCreating(true)}>
                {text.agents.newAgent}
              </Button>
            }
            command="headcount agent create --name Ada"
          />
        )}
        {all.length > 0 && shown.length === 0 && (
          <EmptyState
            title={text.agents.noMatch}
            action={
              <Button onClick={() => void setSearch({ search: { ...search, text: undefined } })}>
                {text.common.clear}
              </Button>
            }
          />
        )}
        {shown.length > 0 && <AgentTable agents={shown} runtimes={runtimes} />}
      </div>
      {creating && (
        <CreateAgentDialog
          onClose={() => setCreating(false)}
          onCreated={(agent) => {
            setCreating(false);
            void navigate({
              to: "/$slug/agents/$agentId",
              params: { slug: workspace.slug, agentId: agent.id },
            });
          }}
        />
      )}
    </>
  );
}

type AgentTableProps = { readonly agents: readonly Agent[]; readonly runtimes: readonly Runtime[] };

function AgentTable({ agents: rows, runtimes }: AgentTableProps) {
  const text = useText();
  const { slug, user } = useWorkspace();
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
      cell: (agent) => <Week agent={agent} />,
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
      <span className="truncate text-faint">{runtime.machineName}</span>
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

function Week({ agent }: { readonly agent: Agent }) {
  const text = useText();
  const counts = agent.recentDays.map((day) => day.tasks);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (
    <span className="flex items-center justify-end gap-3">
      <Sparkline label={text.agents.weekLabel({ count: total })} values={counts} lastIsPartial />
      <Money usd={weekCost(agent)} className="w-16 text-end text-muted" />
    </span>
  );
}

const skeletonRows = 5;

function AgentsSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col pt-8">
      {Array.from({ length: skeletonRows }, (_, index) => (
        <div key={index} className="flex h-(--row) items-center gap-3 border-b border-line px-4">
          <Skeleton className="size-5.5" />
          <Skeleton className="w-40" />
          <Skeleton className="ms-auto w-24" />
          <Skeleton className="w-32 max-desk:hidden" />
        </div>
      ))}
    </div>
  );
}
