import { invitations } from "@headcount/contract/members/routes";
import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { describeError } from "../data/describe-error.ts";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Time } from "../ui/time.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

type InvitationListProps = { readonly alone: boolean; readonly onInvite: () => void };

/** Invitations that are still open. */
export function InvitationList({ alone, onInvite }: InvitationListProps) {
  const text = useText();
  const workspace = useWorkspace();
  const list = useQuery(query(invitations.list, { workspace: workspace.id }));
  const revoke = useCommand(invitations.revoke, {
    onError: (error) => showToast({ tone: "failed", message: describeError(error, text) }),
  });
  const pending = (list.data?.items ?? []).filter(({ state }) => state === "pending");
  if (list.isError && list.data === undefined) {
    return <QueryError error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (list.isPending) return null;
  if (pending.length === 0 && alone) {
    return (
      <div className="flex flex-col items-start gap-3 p-4 pt-6">
        <p className="max-w-100 text-muted">{text.members.alone}</p>
        <Button icon={<UserPlus size={14} />} onClick={onInvite}>
          {text.members.inviteTitle}
        </Button>
      </div>
    );
  }
  if (pending.length === 0) return null;
  return (
    <section className="pt-6">
      <h2 className="flex items-baseline gap-1.5 px-4 pb-1.5 text-12 font-medium text-muted">
        {text.members.pending}
        <span className="figures text-faint">{pending.length}</span>
      </h2>
      <ul className="border-t border-line">
        {pending.map((invitation) => (
          <li
            key={invitation.id}
            className="flex min-h-(--row) items-center gap-x-3 border-b border-line px-4 py-1"
          >
            <span className="min-w-0 grow">
              <span className="block truncate">{invitation.email}</span>
              <span className="block truncate text-12 text-faint">
                {text.members.roles[invitation.role]} ·{" "}
                {text.members.invitedBy({ name: invitation.inviterName })} · {text.members.expires}{" "}
                <Time at={invitation.expiresAt} />
              </span>
            </span>
            <Button
              size="small"
              aria-label={text.members.revokeLabel({ email: invitation.email })}
              onClick={() =>
                revoke.mutate({ workspace: workspace.id, invitationId: invitation.id })
              }
            >
              {text.members.revoke}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
