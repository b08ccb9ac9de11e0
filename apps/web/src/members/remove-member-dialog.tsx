import { agents } from "@headcount/contract/agents/routes";
import type { Member } from "@headcount/contract/members/schemas";
import { members } from "@headcount/contract/members/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

type RemoveMemberDialogProps = { readonly person: Member; readonly onClose: () => void };

/** What stops when a person is removed, before it does. */
export function RemoveMemberDialog({ person, onClose }: RemoveMemberDialogProps) {
  const text = useText();
  const format = useFormat();
  const workspace = useWorkspace();
  const staff = useQuery(query(agents.list, { workspace: workspace.id }));
  const machines = useQuery(query(runtimes.list, { workspace: workspace.id }));
  const remove = useCommand(members.remove, { onSuccess: onClose });
  const names = (staff.data?.items ?? [])
    .filter((agent) => agent.owner.id === person.id)
    .map(({ name }) => name);
  const owned = (machines.data?.items ?? []).filter(({ owner }) => owner.id === person.id);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.members.removeTitle({ name: person.name })}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button
            variant="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate({ workspace: workspace.id, memberId: person.id })}
          >
            {text.members.removeAction}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <ul className="flex list-disc flex-col gap-1 ps-4">
          {owned.length > 0 && <li>{text.members.stopsMachines({ count: owned.length })}</li>}
          {names.length > 0 && <li>{text.members.stopsAgents({ names: format.list(names) })}</li>}
          <li>{text.members.stopsTasks}</li>
        </ul>
        <p className="text-muted">{text.members.stopsKeeps}</p>
        <FailureNote error={remove.error} />
      </div>
    </Dialog>
  );
}
