import { agents } from "@headcount/contract/agents/routes";
import { usage } from "@headcount/contract/usage/routes";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown, PanelLeftClose, Search, SquarePen } from "lucide-react";
import { useEffect } from "react";
import { asTimePasses } from "../data/as-time-passes.ts";
import { query } from "../data/query.ts";
import { loadPageTexts } from "../i18n/language-store.ts";
import { useText } from "../i18n/use-text.ts";
import { openCreateDialog } from "../issues/create/create-dialog-store.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { later } from "../ui/later.tsx";
import { Money } from "../ui/money.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { TallyMark } from "../ui/tally-mark.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { ConnectionIndicator } from "./connection-indicator.tsx";
import { showRunningInFavicon } from "./favicon.ts";
import { NavGroup, NavItemContent, navItemLook } from "./nav-item.tsx";
import { navigation, type NavigationEntry } from "./navigation.ts";
import { setOverlay } from "./overlay-store.ts";
import { toggleSidebar } from "./sidebar-store.ts";

const WorkspaceSwitcher = later(
  async () => (await import("../workspaces/workspace-switcher.tsx")).WorkspaceSwitcher,
  WorkspaceName,
);
const UserMenu = later(
  async () => (await import("./user-menu.tsx")).UserMenu,
  ({ user }) => (
    <span aria-hidden="true" className="grid size-(--control) shrink-0 place-items-center">
      <Avatar actor={{ type: "member", id: user.id, name: user.name }} size={20} decorative />
    </span>
  ),
);

const SidebarGauge = later(
  async () => (await withPageTexts(import("../tank/sidebar-gauge.tsx"))).SidebarGauge,
);
const NoticeBell = later(
  async () => (await withPageTexts(import("../notices/notice-bell.tsx"))).NoticeBell,
  () => <span aria-hidden="true" className="size-(--control)" />,
);

/** What comes after the first page names texts that are not on the way to it either. */
async function withPageTexts<Module>(module: Promise<Module>): Promise<Module> {
  const [loaded] = await Promise.all([module, loadPageTexts()]);
  return loaded;
}

/** Workspace, pages, what runs and costs now, connection state, and the person. */
export function Sidebar() {
  const text = useText();
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const leave = async () => {
    const { signOut } = await import("../session/sign-out.ts");
    await signOut();
    location.assign("/login");
  };
  return (
    <>
      <div className="flex h-(--header) shrink-0 items-center gap-1 px-2">
        <WorkspaceSwitcher />
        <IconButton
          label={text.shell.toggleSidebar}
          shortcut={["mod", "B"]}
          size="small"
          className="ms-auto max-tablet:hidden"
          onClick={toggleSidebar}
        >
          <PanelLeftClose />
        </IconButton>
      </div>
      <div className="flex gap-1.5 px-2 pb-2">
        <Button
          className="grow justify-start!"
          icon={<SquarePen />}
          onClick={() => openCreateDialog({})}
        >
          {text.shell.newIssue}
        </Button>
        <IconButton
          label={text.shell.palette}
          shortcut={["mod", "K"]}
          variant="secondary"
          onClick={() => setOverlay("palette")}
        >
          <Search />
        </IconButton>
      </div>
      <div className="flex min-h-0 grow flex-col overflow-y-auto px-2 pb-2">
        <NavGroup>
          <Entries group="own" />
        </NavGroup>
        <NavGroup label={text.shell.workspaceGroup}>
          <Entries group="workspace" />
        </NavGroup>
        {navigation.some((entry) => entry.group === "configure") && (
          <NavGroup label={text.shell.configureGroup}>
            <Entries group="configure" />
          </NavGroup>
        )}
      </div>
      <NowLine />
      <SidebarGauge />
      <div className="flex shrink-0 items-center justify-between border-t border-line p-2">
        <ConnectionIndicator />
        <span className="ms-auto flex">
          <NoticeBell />
        </span>
        <UserMenu
          user={workspace.user}
          onOpenAccount={() => void navigate({ href: accountPath })}
          onOpenShortcuts={() => setOverlay("shortcuts")}
          onSignOut={() => void leave()}
        />
      </div>
    </>
  );
}

/** Stands where the switcher will be. */
function WorkspaceName() {
  const { name } = useWorkspace();
  return (
    <span aria-hidden="true" className="flex h-8 min-w-0 items-center gap-2 px-2">
      <TallyMark size={18} className="shrink-0" />
      <span className="truncate font-semibold">{name}</span>
      <ChevronsUpDown size={12} className="shrink-0 text-faint" />
    </span>
  );
}

const accountPath = "/settings/account";

function Entries({ group }: { readonly group: NavigationEntry["group"] }) {
  const text = useText();
  const { slug } = useWorkspace();
  return navigation
    .filter((entry) => entry.group === group)
    .map((entry) => (
      <Link key={entry.to} to={entry.to} params={{ slug }} className={navItemLook}>
        <NavItemContent icon={entry.icon} label={text.shell[entry.label]} />
      </Link>
    ));
}

/** How many runs are under way and what the day has cost. */
function NowLine() {
  const text = useText();
  const workspace = useWorkspace();
  const staff = useQuery(query(agents.list, { workspace: workspace.id }));
  const today = useQuery({
    ...query(usage.daily, { workspace: workspace.id, days: 1, tz: timeZone() }),
    refetchInterval: asTimePasses,
  });
  const running = (staff.data?.items ?? []).reduce((sum, agent) => sum + agent.runningTasks, 0);
  useEffect(() => showRunningInFavicon(running), [running]);
  if (today.data === undefined) return null;
  return (
    <div className="figures flex shrink-0 items-center gap-2 px-4 py-1.5 text-12 whitespace-nowrap text-muted">
      <StateGlyph state={running > 0 ? "running" : "cancelled"} size={12} decorative />
      {text.shell.runningNow({ count: running })}
      {today.data.total.events > 0 && (
        <Link
          to="/$slug/usage"
          params={{ slug: workspace.slug }}
          search={{ days: 1 }}
          className="ms-auto flex items-center gap-1 hover:text-ink hover:underline"
        >
          <Money usd={today.data.total.costUsd} />
          <span className="text-faint">{text.shell.spentToday}</span>
        </Link>
      )}
    </div>
  );
}

function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
