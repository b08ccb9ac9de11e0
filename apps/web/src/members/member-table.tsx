import { agents } from "@headcount/contract/agents/routes";
import type { Member } from "@headcount/contract/members/schemas";
import { members } from "@headcount/contract/members/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { mayChangeMember } from "@headcount/domain/members/permissions";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ellipsis, UserRoundMinus } from "lucide-react";
import { useState } from "react";
import { describeError } from "../data/describe-error.ts";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Avatar } from "../ui/avatar.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { Select } from "../ui/select.tsx";
import { Table, type Column } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { showToast } from "../ui/toast.tsx";
import { SpendLink } from "../usage/spend-link.tsx";
import { spendDays, useSpendBy } from "../usage/use-spend-by.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { OwnedAgents } from "./owned-agents.tsx";
import { RemoveMemberDialog } from "./remove-member-dialog.tsx";

/** People by name: role, what they own and cost, and what can be done about them. */
export function MemberTable({ people }: { readonly people: readonly Member[] }) {
  const text = useText();
  const workspace = useWorkspace();
  const staff = useQuery(query(agents.list, { workspace: workspace.id }));
  const machines = useQuery(query(runtimes.list, { workspace: workspace.id }));
  const spend = useSpendBy("member", spendDays);
  const owners = people.filter(({ role }) => role === "owner").length;
  const agentsOf = (person: Member) =>
    (staff.data?.items ?? []).filter((agent) => agent.owner.id === person.id);
  const machinesOf = (person: Member) =>
    new Set(
      (machines.data?.items ?? [])
        .filter((runtime) => runtime.owner.id === person.id)
        .map(({ daemonId }) => daemonId),
    ).size;
  const columns: readonly Column<Member>[] = [
    {
      id: "name",
      label: text.members.name,
      cell: (person) => (
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar
            actor={{ type: "member", id: person.id, name: person.name }}
            size={22}
            decorative
          />
          <span className="min-w-0 truncate">
            <span className="font-medium">{person.name}</span>
            {person.id === workspace.user.id && (
              <span className="ms-1.5 text-12 text-faint">{text.common.you}</span>
            )}
            <span className="ms-2 text-faint max-tablet:hidden">{person.email}</span>
          </span>
        </span>
      ),
    },
    {
      id: "role",
      label: text.members.role,
      width: "132px",
      cell: (person) => (
        <RoleCell person={person} isLastOwner={person.role === "owner" && owners === 1} />
      ),
    },
    {
      id: "agents",
      label: text.members.agents,
      width: "132px",
      from: "desk",
      cell: (person) => <OwnedAgents agents={agentsOf(person)} />,
    },
    {
      id: "machines",
      label: text.members.machines,
      width: "88px",
      from: "desk",
      align: "end",
      cell: (person) => {
        const count = machinesOf(person);
        if (count === 0) return <span className="text-faint">—</span>;
        return (
          <Link
            to="/$slug/runtimes"
            params={{ slug: workspace.slug }}
            search={{ owner: person.id }}
            className="figures text-muted hover:text-ink hover:underline"
          >
            {count}
          </Link>
        );
      },
    },
    {
      id: "spend",
      label: text.usageLists.work.last30,
      width: "104px",
      from: "tablet",
      align: "end",
      cell: (person) => (
        <SpendLink of="member" id={person.id} name={person.name} usd={spend?.get(person.id)} />
      ),
    },
    {
      id: "joined",
      label: text.members.joined,
      width: "136px",
      from: "tablet",
      align: "end",
      cell: (person) => <Time at={person.joinedAt} className="text-muted" />,
    },
    {
      id: "actions",
      label: text.common.more,
      hiddenLabel: true,
      width: "52px",
      align: "end",
      cell: (person) => <MemberMenu person={person} />,
    },
  ];
  return (
    <Table
      label={text.members.title}
      columns={columns}
      rows={people}
      rowKey={(person) => person.id}
    />
  );
}

const roles = ["owner", "admin", "member"] as const;

type RoleCellProps = { readonly person: Member; readonly isLastOwner: boolean };

function RoleCell({ person, isLastOwner }: RoleCellProps) {
  const text = useText();
  const workspace = useWorkspace();
  const update = useCommand(members.update, {
    onError: (error) => showToast({ tone: "failed", message: describeError(error, text) }),
  });
  const allowed = roles.filter(
    (role) =>
      role === person.role || mayChangeMember(workspace.role, { from: person.role, to: role }),
  );
  if (allowed.length === 1 || isLastOwner) {
    return <span className="text-muted">{text.members.roles[person.role]}</span>;
  }
  return (
    <Select
      label={text.members.changeRole({ name: person.name })}
      value={update.isPending ? update.variables.role : person.role}
      className="-ms-2! w-28! border-transparent! bg-transparent! hover:border-strong-line!"
      options={allowed.map((role) => ({
        value: role,
        label: text.members.roles[role],
      }))}
      onChange={(role) => update.mutate({ workspace: workspace.id, memberId: person.id, role })}
    />
  );
}

function MemberMenu({ person }: { readonly person: Member }) {
  const text = useText();
  const workspace = useWorkspace();
  const [removing, setRemoving] = useState(false);
  const mayRemove =
    person.id !== workspace.user.id &&
    mayChangeMember(workspace.role, { from: person.role, to: "removed" });
  if (!mayRemove) return null;
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
        <MenuItem danger icon={<UserRoundMinus />} onSelect={() => setRemoving(true)}>
          {text.members.remove}
        </MenuItem>
      </Menu>
      {removing && <RemoveMemberDialog person={person} onClose={() => setRemoving(false)} />}
    </>
  );
}
