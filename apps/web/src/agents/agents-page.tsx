import { agents } from "@headcount/contract/agents/routes";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Bot, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { useCommands, type Command } from "../shell/commands.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { HeaderAction } from "../ui/header-action.tsx";
import { HeaderSearch } from "../ui/header-search.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { AgentTable } from "./agent-table.tsx";
import { AgentsPicture } from "./agents-picture.tsx";
import { CreateAgentDialog } from "./create-agent-dialog.tsx";
import { useRuntimes } from "./runtime-select.tsx";

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
