import { members } from "@headcount/contract/members/routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { useQuery } from "@tanstack/react-query";
import { Ellipsis, LogOut, UserPlus } from "lucide-react";
import { useMemo, useState } from "react";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { useCommands, type Command } from "../shell/commands.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { InvitationList } from "./invitation-list.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { MemberTable } from "./member-table.tsx";

/** People: role, what they own, and who is invited. */
export function MembersPage() {
  const text = useText();
  const workspace = useWorkspace();
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const mayInvite = isAllowed(workspace.role, "invitation.manage", "other");
  const list = useQuery(query(members.list, { workspace: workspace.id }));
  const commands = useMemo(
    (): readonly Command[] =>
      mayInvite
        ? [
            {
              id: "invite",
              label: text.members.invite,
              group: "general",
              icon: UserPlus,
              run: () => setInviting(true),
            },
          ]
        : [],
    [text, mayInvite],
  );
  useCommands(commands);
  return (
    <>
      <PageHeader
        title={text.members.title}
        facts={
          list.data !== undefined && (
            <span className="figures text-12 text-faint">{list.data.items.length}</span>
          )
        }
        actions={
          <>
            {mayInvite && (
              <Button
                variant="primary"
                icon={<UserPlus size={14} />}
                onClick={() => setInviting(true)}
              >
                {text.members.invite}
              </Button>
            )}
            <Menu
              align="end"
              trigger={
                <IconButton label={text.common.more}>
                  <Ellipsis />
                </IconButton>
              }
            >
              <MenuItem danger icon={<LogOut />} onSelect={() => setLeaving(true)}>
                {text.members.leave}
              </MenuItem>
            </Menu>
          </>
        }
      />
      <div className="min-h-0 grow overflow-y-auto">
        {list.isPending && (
          <div aria-busy="true" className="flex flex-col gap-6 p-4 pt-10">
            <Skeleton className="w-56" />
            <Skeleton className="w-48" />
            <Skeleton className="w-60" />
          </div>
        )}
        {list.isError && list.data === undefined && (
          <QueryError error={list.error} onRetry={() => void list.refetch()} />
        )}
        {list.data !== undefined && (
          <>
            <MemberTable people={list.data.items} />
            {mayInvite && (
              <InvitationList
                alone={list.data.items.length === 1}
                onInvite={() => setInviting(true)}
              />
            )}
          </>
        )}
      </div>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {leaving && <LeaveDialog onClose={() => setLeaving(false)} />}
    </>
  );
}
