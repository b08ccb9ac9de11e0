import type { Agent } from "@headcount/contract/agents/schemas";
import { AgentId } from "@headcount/contract/kit/ids";
import { agents } from "@headcount/contract/agents/routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Archive, ArchiveRestore, ChevronRight, Ellipsis } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { describeError } from "../data/describe-error.ts";
import { NoDetail } from "../data/no-detail.tsx";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { HeldAgents } from "../runaway/held-agents.tsx";
import { FailureNote } from "../session/failure-note.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { AccessTab } from "./access-tab.tsx";
import { agentTabs, type AgentTab } from "./agents-search.ts";
import { EnvironmentTab } from "./environment-tab.tsx";
import { InstructionsTab } from "./instructions-tab.tsx";
import { McpTab } from "./mcp-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { PresenceMark } from "./presence-mark.tsx";
import { RunTab } from "./run-tab.tsx";
import { SkillsTab } from "./skills-tab.tsx";
import { TasksTab } from "./tasks-tab.tsx";

const route = getRouteApi("/$slug/agents/$agentId");

const tabContents = {
  overview: OverviewTab,
  tasks: TasksTab,
  instructions: InstructionsTab,
  skills: SkillsTab,
  run: RunTab,
  environment: EnvironmentTab,
  mcp: McpTab,
  access: AccessTab,
} as const;

/** One agent: what it does, can and costs, and how it is set up. */
export function AgentPage() {
  const text = useText();
  const { slug } = useWorkspace();
  const { agentId } = route.useParams();
  const id = AgentId.safeParse(agentId);
  if (id.success) return <KnownAgent key={id.data} agentId={id.data} />;
  return (
    <>
      <PageHeader title={<Breadcrumb />} />
      <NoAgent slug={slug} title={text.agents.notFoundTitle} />
    </>
  );
}

function KnownAgent({ agentId }: { readonly agentId: Agent["id"] }) {
  const text = useText();
  const workspace = useWorkspace();
  const agent = useQuery(query(agents.get, { workspace: workspace.id, agentId }));
  if (agent.data !== undefined) return <LoadedAgent agent={agent.data} />;
  return (
    <NoDetail
      result={agent}
      title={<Breadcrumb />}
      missing={<NoAgent slug={workspace.slug} title={text.agents.notFoundTitle} />}
    />
  );
}

type NoAgentProps = { readonly slug: string; readonly title: string };

function NoAgent({ slug, title }: NoAgentProps) {
  const text = useText();
  return (
    <EmptyState
      title={title}
      hint={text.agents.notFoundHint}
      action={
        <Button asChild>
          <Link to="/$slug/agents" params={{ slug }}>
            {text.agents.backToAgents}
          </Link>
        </Button>
      }
    />
  );
}

function Breadcrumb() {
  const text = useText();
  const { slug } = useWorkspace();
  return (
    <Link
      to="/$slug/agents"
      params={{ slug }}
      className="text-13 font-normal text-muted hover:text-ink"
    >
      {text.agents.title}
    </Link>
  );
}

function LoadedAgent({ agent }: { readonly agent: Agent }) {
  const text = useText();
  const workspace = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tabsFrame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const active = tabsFrame.current?.querySelector('[role="tab"][data-state="active"]');
    active?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [search.tab]);
  const relation = agent.owner.id === workspace.user.id ? "own" : "visible";
  const mayEdit = isAllowed(workspace.role, "agent.edit", relation);
  const tabs = agentTabs.map((value) => {
    const Content = tabContents[value];
    return {
      value,
      label: text.agents.tabs[value],
      content: <Content agent={agent} mayEdit={mayEdit} />,
    };
  });
  return (
    <>
      <PageHeader
        breadcrumb={
          <span className="flex items-center gap-1.5 max-tablet:hidden">
            <Breadcrumb />
            <ChevronRight size={12} className="text-faint" />
          </span>
        }
        title={
          <span className="flex min-w-0 items-center gap-2">
            <Avatar
              actor={{ type: "agent", id: agent.id, name: agent.name }}
              size={20}
              decorative
            />
            <span className="truncate">{agent.name}</span>
          </span>
        }
        facts={
          <span className="ms-1 text-12 text-muted max-tablet:hidden">
            {agent.archivedAt === null ? (
              <PresenceMark presence={agent.presence} />
            ) : (
              text.agents.showArchived
            )}
          </span>
        }
        actions={
          isAllowed(workspace.role, "agent.archive", relation) && <AgentActions agent={agent} />
        }
      />
      {agent.archivedAt !== null && (
        <p className="shrink-0 border-b border-line bg-sunken px-4 py-2 text-13 text-muted">
          <span className="font-medium text-ink">{text.agents.archivedTitle}.</span>{" "}
          {text.agents.archivedHint}
        </p>
      )}
      <HeldAgents agentId={agent.id} />
      <div ref={tabsFrame} className="min-h-0 grow overflow-y-auto *:min-h-full">
        <Tabs<AgentTab>
          label={agent.name}
          value={search.tab ?? "overview"}
          onChange={(tab) =>
            void navigate({ search: { tab: tab === "overview" ? undefined : tab } })
          }
          tabs={tabs}
        />
      </div>
    </>
  );
}

function AgentActions({ agent }: { readonly agent: Agent }) {
  const text = useText();
  const workspace = useWorkspace();
  const [archiving, setArchiving] = useState(false);
  const input = { workspace: workspace.id, agentId: agent.id };
  const restore = useCommand(agents.restore, {
    onError: (error) => showToast({ tone: "failed", message: describeError(error, text) }),
  });
  const archive = useCommand(agents.archive, { onSuccess: () => setArchiving(false) });
  if (agent.archivedAt !== null) {
    return (
      <Button
        icon={<ArchiveRestore size={14} />}
        busy={restore.isPending}
        onClick={() => restore.mutate(input)}
      >
        {text.agents.restore}
      </Button>
    );
  }
  const unfinished = agent.runningTasks + agent.queuedTasks;
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={text.common.more}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem danger icon={<Archive />} onSelect={() => setArchiving(true)}>
          {text.agents.archive}
        </MenuItem>
      </Menu>
      <Dialog
        open={archiving}
        onOpenChange={setArchiving}
        width="narrow"
        title={text.agents.archiveTitle({ name: agent.name })}
        footer={
          <>
            <Button onClick={() => setArchiving(false)}>{text.common.cancel}</Button>
            <Button variant="danger" busy={archive.isPending} onClick={() => archive.mutate(input)}>
              {text.agents.archive}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-2 text-13">
          <p className="font-medium">
            {unfinished === 0
              ? text.agents.archiveIdle
              : text.agents.archiveStops({ count: unfinished })}
          </p>
          <p className="text-muted">{text.agents.archiveKeeps}</p>
          <FailureNote error={archive.error} />
        </div>
      </Dialog>
    </>
  );
}
