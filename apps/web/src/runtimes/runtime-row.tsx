import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { Link } from "@tanstack/react-router";
import { Boxes, ChartColumn, Ellipsis, Lock, Users } from "lucide-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { describeError } from "../data/describe-error.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { CoverageBadge } from "./coverage-badge.tsx";
import { HealthMark } from "./health-mark.tsx";
import { RemoveRuntimeDialog } from "./remove-runtime-dialog.tsx";
import { RenameRuntimeDialog } from "./rename-runtime-dialog.tsx";
import { Repair } from "./repair.tsx";
import { RuntimeModels } from "./runtime-models.tsx";
import { SignInNote } from "./sign-in-note.tsx";
import { VerifiedNote } from "./verified-note.tsx";

/** Charts are fetched when somebody asks for them. */
const RuntimeUsage = lazyPart(async () => (await import("./runtime-usage.tsx")).RuntimeUsage);

type RuntimeRowProps = { readonly runtime: Runtime; readonly pointedAt: boolean };

/** One program of a machine: version, state, coverage, who works on it, and what can be done with it. */
export function RuntimeRow({ runtime, pointedAt }: RuntimeRowProps) {
  const text = useText();
  const row = useRef<HTMLLIElement>(null);
  const [showsUsage, setShowsUsage] = useState(false);
  const [showsModels, setShowsModels] = useState(false);
  useEffect(() => {
    if (pointedAt) row.current?.scrollIntoView({ block: "center" });
  }, [pointedAt]);
  return (
    <li
      ref={row}
      className={classNames(
        "flex flex-col gap-2 border-t border-line px-4 py-2",
        pointedAt && "bg-selected",
      )}
    >
      <div className="grid min-h-7 grid-cols-[1fr_auto_auto] items-center gap-x-4 gap-y-1 desk:grid-cols-[minmax(0,2.4fr)_112px_minmax(0,112px)_minmax(0,1fr)_92px_28px]">
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="truncate font-medium">{runtime.customName ?? runtime.cliTitle}</span>
          {runtime.customName !== null && (
            <span className="truncate text-faint">{runtime.cliTitle}</span>
          )}
          {runtime.cliVersion !== null && (
            <span className="figures text-12 text-faint">{runtime.cliVersion}</span>
          )}
          <VerifiedNote runtime={runtime} />
          <span className="-mx-2 flex items-center">
            {(runtime.models.length > 0 || runtime.inspection.at !== null) && (
              <Button
                variant="quiet"
                size="small"
                icon={<Boxes size={12} />}
                aria-expanded={showsModels}
                onClick={() => setShowsModels(!showsModels)}
              >
                {runtime.models.length === 0
                  ? text.runtimes.models
                  : text.runtimes.modelsCount({ count: runtime.models.length })}
              </Button>
            )}
            <Button
              variant="quiet"
              size="small"
              icon={<ChartColumn size={12} />}
              aria-expanded={showsUsage}
              onClick={() => setShowsUsage(!showsUsage)}
            >
              {text.runtimes.usage}
            </Button>
          </span>
        </span>
        <HealthMark health={runtime.health} hasProblem={runtime.problem !== null} />
        <span className="max-desk:hidden">
          <CoverageBadge coverage={runtime.coverage} />
        </span>
        <span className="min-w-0 max-desk:hidden">
          <AgentsOn runtime={runtime} />
        </span>
        <span className="flex items-center gap-1.5 text-12 text-muted max-desk:hidden">
          {runtime.sharing === "private" ? <Lock size={12} /> : <Users size={12} />}
          {text.runtimes.sharing[runtime.sharing]}
        </span>
        <RuntimeMenu runtime={runtime} />
        <span className="col-span-3 flex flex-wrap items-center gap-x-3 gap-y-1 desk:hidden">
          <CoverageBadge coverage={runtime.coverage} />
          <span className="flex items-center gap-1.5 text-12 text-muted">
            {runtime.sharing === "private" ? <Lock size={12} /> : <Users size={12} />}
            {text.runtimes.sharing[runtime.sharing]}
          </span>
          <AgentsOn runtime={runtime} />
        </span>
      </div>
      <Repair runtime={runtime} />
      <SignInNote runtime={runtime} />
      {showsModels && <RuntimeModels runtime={runtime} />}
      {showsUsage && (
        <Suspense fallback={<Skeleton className="h-36 w-full" />}>
          <RuntimeUsage runtimeId={runtime.id} />
        </Suspense>
      )}
    </li>
  );
}

const shownAgents = 4;

function AgentsOn({ runtime }: { readonly runtime: Runtime }) {
  const text = useText();
  const { slug } = useWorkspace();
  if (runtime.agents.length === 0) {
    return <span className="text-12 text-faint max-desk:hidden">—</span>;
  }
  const rest = runtime.agents.length - shownAgents;
  return (
    <span
      role="group"
      aria-label={text.runtimes.agentsLabel}
      className="flex min-w-0 items-center gap-1"
    >
      {runtime.agents.slice(0, shownAgents).map((agent) => (
        <Link
          key={agent.id}
          to="/$slug/agents/$agentId"
          params={{ slug, agentId: agent.id }}
          className="flex min-w-0 items-center gap-1.5 rounded-tag px-0.5 text-12 text-muted hover:text-ink"
        >
          <Avatar
            actor={{ type: "agent", ...agent }}
            size={18}
            decorative={runtime.agents.length === 1}
          />
          {runtime.agents.length === 1 && <span className="truncate">{agent.name}</span>}
        </Link>
      ))}
      {rest > 0 && <span className="figures text-12 text-faint">+{rest}</span>}
    </span>
  );
}

type Asking = "rename" | "remove" | null;

function RuntimeMenu({ runtime }: { readonly runtime: Runtime }) {
  const text = useText();
  const workspace = useWorkspace();
  const [asking, setAsking] = useState<Asking>(null);
  const update = useCommand(runtimes.update, {
    onError: (error) => showToast({ tone: "failed", message: describeError(error, text) }),
  });
  const relation = runtime.owner.id === workspace.user.id ? "own" : "other";
  const mayChange = isAllowed(workspace.role, "runtime.change", relation);
  if (!mayChange) return <span />;
  const share = (sharing: Runtime["sharing"]) =>
    update.mutate({ workspace: workspace.id, runtimeId: runtime.id, sharing });
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={text.common.more} size="small">
            <Ellipsis size={14} />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setAsking("rename")}>{text.runtimes.rename}</MenuItem>
        {relation === "own" && runtime.sharing === "private" && (
          <MenuItem onSelect={() => share("workspace")}>{text.runtimes.share}</MenuItem>
        )}
        {relation === "own" && runtime.sharing === "workspace" && (
          <MenuItem onSelect={() => share("private")}>{text.runtimes.unshare}</MenuItem>
        )}
        <MenuSeparator />
        <MenuItem danger onSelect={() => setAsking("remove")}>
          {text.runtimes.remove}
        </MenuItem>
      </Menu>
      {asking === "rename" && (
        <RenameRuntimeDialog runtime={runtime} onClose={() => setAsking(null)} />
      )}
      {asking === "remove" && (
        <RemoveRuntimeDialog runtime={runtime} onClose={() => setAsking(null)} />
      )}
    </>
  );
}
