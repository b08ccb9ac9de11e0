import { members } from "@headcount/contract/members/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { MonitorUp, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { useCommands, type Command } from "../shell/commands.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { HeaderAction } from "../ui/header-action.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { AddComputerDialog } from "./add-computer-dialog.tsx";
import { groupByMachine } from "./group-by-machine.ts";
import { MachineCard } from "./machine-card.tsx";

const route = getRouteApi("/$slug/runtimes");
const everyone = "all";

/** Machines and the programs on them, by owner. */
export function RuntimesPage() {
  const text = useText();
  const workspace = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [adding, setAdding] = useState(false);
  const owner = search.owner ?? everyone;
  const shown = useQuery(query(runtimes.list, { workspace: workspace.id, owner }));
  const all = useQuery(query(runtimes.list, { workspace: workspace.id }));
  const machines = groupByMachine(shown.data?.items ?? []);
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: "add-computer",
        label: text.runtimes.add,
        group: "general",
        icon: MonitorUp,
        run: () => setAdding(true),
      },
    ],
    [text],
  );
  useCommands(commands);
  return (
    <>
      <PageHeader
        title={text.runtimes.title}
        facts={
          shown.data !== undefined && (
            <span className="figures text-12 text-faint">{shown.data.items.length}</span>
          )
        }
        actions={
          <>
            <OwnerFilter
              value={owner}
              onChange={(next) =>
                void navigate({
                  search: { owner: next === everyone ? undefined : next, runtime: undefined },
                })
              }
            />
            <HeaderAction
              label={text.runtimes.add}
              icon={Plus}
              variant="primary"
              onClick={() => setAdding(true)}
            />
          </>
        }
      />
      <div className="min-h-0 grow overflow-y-auto">
        {shown.isPending && <MachinesSkeleton />}
        {shown.isError && shown.data === undefined && (
          <QueryError error={shown.error} onRetry={() => void shown.refetch()} />
        )}
        {shown.data !== undefined && machines.length === 0 && owner !== everyone && (
          <EmptyState
            title={text.runtimes.emptyOwner}
            action={
              <Button onClick={() => void navigate({ search: {} })}>
                {text.runtimes.ownerAll}
              </Button>
            }
          />
        )}
        {shown.data !== undefined && machines.length === 0 && owner === everyone && (
          <EmptyState
            title={text.runtimes.emptyTitle}
            hint={text.runtimes.emptyHint}
            action={
              <Button variant="primary" icon={<Plus size={14} />} onClick={() => setAdding(true)}>
                {text.runtimes.add}
              </Button>
            }
            command={`headcount setup --server-url ${location.origin}`}
          />
        )}
        {machines.length > 0 && (
          <div className="flex max-w-280 flex-col gap-4 p-4">
            {machines.map((machine) => (
              <MachineCard key={machine.daemonId} machine={machine} pointedAt={search.runtime} />
            ))}
          </div>
        )}
      </div>
      {adding && all.data !== undefined && (
        <AddComputerDialog runtimes={all.data.items} onClose={() => setAdding(false)} />
      )}
    </>
  );
}

type OwnerFilterProps = { readonly value: string; readonly onChange: (owner: string) => void };

function OwnerFilter({ value, onChange }: OwnerFilterProps) {
  const text = useText();
  const workspace = useWorkspace();
  const people = useQuery(query(members.list, { workspace: workspace.id }));
  const others = (people.data?.items ?? []).filter(({ id }) => id !== workspace.user.id);
  return (
    <Select
      label={text.runtimes.ownerFilter}
      value={value}
      className="w-36!"
      onChange={onChange}
      options={[
        { value: everyone, label: text.runtimes.ownerAll },
        { value: "me", label: text.runtimes.ownerMe },
        ...others.map((person) => ({
          value: person.id as string,
          label: person.name,
          icon: (
            <Avatar
              actor={{ type: "member", id: person.id, name: person.name }}
              size={18}
              decorative
            />
          ),
        })),
      ]}
    />
  );
}

function MachinesSkeleton() {
  return (
    <div aria-busy="true" className="flex max-w-280 flex-col gap-4 p-4">
      <div className="flex flex-col gap-4 rounded-card border border-line p-4">
        <Skeleton className="w-48" />
        <Skeleton className="w-72" />
        <Skeleton className="w-1/2" />
        <Skeleton className="w-2/3" />
      </div>
    </div>
  );
}
