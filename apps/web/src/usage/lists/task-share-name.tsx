import type { TaskShare } from "@headcount/contract/usage/task-share-schemas";
import { Link } from "@tanstack/react-router";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { taskStateOf } from "../../tasks/task-state-of.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { StateGlyph } from "../../ui/state-glyph.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

/** Which task it is: what became of it, its issue, its agent and when; leads to what it did. */
export function TaskShareName({ share }: { readonly share: TaskShare }) {
  const text = useText();
  const format = useFormat();
  const { slug } = useWorkspace();
  const { behind } = text.usageLists;
  const { issue, agent, status, taskId } = share;
  if (issue === null || agent === null || status === null || taskId === null) {
    const names = {
      private: behind.privateRow,
      unmanaged: behind.unmanagedRow,
      deleted: behind.deletedRow,
      value: behind.task,
    } as const;
    return <span className="text-muted">{names[share.kind]}</span>;
  }
  const name = (
    <>
      <span className="figures shrink-0 text-12 text-faint">{issue.key}</span>
      <span className="truncate">{issue.title}</span>
      {issue.isDeleted && (
        <span className="shrink-0 text-12 text-faint">{text.usageLists.deleted}</span>
      )}
    </>
  );
  const at = share.endedAt ?? share.startedAt;
  return (
    <span className="flex min-w-0 flex-col gap-0.5">
      <span className="flex min-w-0 items-center gap-2">
        <StateGlyph state={taskStateOf(status)} size={12} className="shrink-0" />
        {issue.isDeleted ? (
          name
        ) : (
          <Link
            to="/$slug/issues/$issueKey"
            params={{ slug, issueKey: issue.key }}
            search={share.isOpen ? { task: taskId } : {}}
            className="inset-focus flex min-w-0 items-baseline gap-2 after:absolute after:inset-0 hover:underline"
          >
            {name}
          </Link>
        )}
      </span>
      <span className="flex min-w-0 items-center gap-1.5 ps-5 text-12 text-faint">
        <Avatar actor={{ type: "agent", ...agent }} size={14} decorative />
        <span className="truncate">{agent.name}</span>
        {at !== null && (
          <span className="figures shrink-0" title={format.full(new Date(at))}>
            {format.dayAndMonth(new Date(at))}, {format.time(new Date(at))}
          </span>
        )}
      </span>
    </span>
  );
}
