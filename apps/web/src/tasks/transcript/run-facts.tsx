import type { Task } from "@headcount/contract/tasks/schemas";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { CopyButton } from "../../ui/copy-button.tsx";

/** Where, with what and for whom a run works. */
export function RunFacts({ task }: { readonly task: Task }) {
  const text = useText();
  const format = useFormat();
  const { linesAdded, linesDeleted, filesChanged } = task.changes;
  const changes = text.tasks.lineChanges({
    added: format.number(linesAdded),
    deleted: format.number(linesDeleted),
    files: filesChanged,
  });
  const facts: readonly (readonly [string, string | null])[] = [
    [text.tasks.runtime, task.runtimeName],
    [text.tasks.modelAsked, task.modelRequested],
    [text.tasks.modelUsed, task.modelUsed],
    [text.tasks.branch, task.branch],
    [text.tasks.changes, task.endedAt === null ? null : changes],
    [text.tasks.directory, task.workDirectory],
    [text.tasks.session, task.sessionId],
    [text.tasks.commandLine, task.argv?.join(" ") ?? null],
    [text.tasks.initiator, task.initiator.name],
    [text.tasks.accountable, task.accountable?.name ?? null],
    [text.tasks.lease, String(task.lease)],
  ];
  return (
    <dl className="grid shrink-0 grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 overflow-y-auto border-b border-line bg-sunken px-4 py-2 text-12">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name} className="contents">
              <dt className="flex min-h-6 items-center text-muted">{name}</dt>
              <dd className="flex min-w-0 items-center gap-1">
                <span className="truncate font-mono">{value}</span>
                <CopyButton value={value} />
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
