import type { Task } from "@headcount/contract/tasks/schemas";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { watchdogText } from "../watchdog-text.ts";

/** Where, with what and for whom a run works. */
export function RunFacts({ task }: { readonly task: Task }) {
  const text = useText();
  const format = useFormat();
  const { linesAdded, linesDeleted, filesChanged } = task.changes;
  const changes = text.runs.lineChanges({
    added: format.number(linesAdded),
    deleted: format.number(linesDeleted),
    files: filesChanged,
  });
  const facts: readonly (readonly [string, string | null])[] = [
    [text.runs.runtime, task.runtimeName],
    [text.runs.modelAsked, task.modelRequested],
    [text.runs.modelUsed, task.modelUsed],
    [text.runs.branch, task.branch],
    [text.runs.changes, task.endedAt === null && filesChanged === 0 ? null : changes],
    [text.runs.directory, task.workDirectory],
    [text.runs.session, task.sessionId],
    [text.runs.skills, skillsOf(task)],
    [text.runs.commandLine, task.argv?.join(" ") ?? null],
    [text.runs.initiator, task.initiator.name],
    [text.runs.accountable, task.accountable?.name ?? null],
    [text.runs.lease, String(task.lease)],
    [text.runs.endedByLimit, task.watchdog === null ? null : watchdogText(task.watchdog, text)],
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

/** Names with the beginning of the hash of what the run was given. */
function skillsOf({ skills }: Task): string | null {
  if (skills === null || skills.length === 0) return null;
  return skills.map(({ name, hash }) => `${name} ${hash.slice(0, 8)}`).join(", ");
}
