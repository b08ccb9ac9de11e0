import type { Task } from "@headcount/contract/tasks/schemas";
import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import { StopButton } from "../tasks/stop-button.tsx";
import { taskStateOf } from "../tasks/task-state-of.ts";
import { Duration, Elapsed } from "../ui/duration.tsx";
import { Money } from "../ui/money.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { Time } from "../ui/time.tsx";
import { Tokens } from "../ui/tokens.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** Runs of one agent by the issue they are about, each leading to its transcript. */
export function RunList({ runs }: { readonly runs: readonly Task[] }) {
  return (
    <ul className="overflow-hidden rounded-card border border-line bg-raised">
      {runs.map((run) => (
        <RunRow key={run.id} run={run} />
      ))}
    </ul>
  );
}

function RunRow({ run }: { readonly run: Task }) {
  const text = useText();
  const { slug } = useWorkspace();
  const word =
    run.outcome === null ? text.tasks.statusDetail[run.status] : text.runs.outcome[run.outcome];
  return (
    <li className="relative flex items-start gap-2.5 border-b border-line px-3 py-2.5 last:border-b-0 hover:bg-hover has-focus-visible:bg-hover">
      <StateGlyph state={taskStateOf(run.status)} decorative className="mt-0.5 shrink-0" />
      <div className="min-w-0 grow">
        <Link
          to="/$slug/issues/$issueKey"
          params={{ slug, issueKey: run.issueKey }}
          search={{ task: run.id }}
          className="inset-focus flex min-w-0 items-baseline gap-2 after:absolute after:inset-0"
        >
          <span className="figures shrink-0 text-12 text-faint">{run.issueKey}</span>
          <span className="truncate font-medium">{run.issueTitle}</span>
        </Link>
        <p className="figures flex flex-wrap gap-x-3 text-12 text-muted">
          <span>{run.endedAt === null ? (run.activity ?? word) : word}</span>
          <RunTime run={run} />
          <Tokens count={run.usage.tokens.total} />
          <Money usd={run.costUsd} />
        </p>
      </div>
      {run.endedAt === null && (
        <span className="relative z-10">
          <StopButton taskId={run.id} agentName={run.agentName} />
        </span>
      )}
    </li>
  );
}

function RunTime({ run }: { readonly run: Task }) {
  if (run.endedAt === null) return <Elapsed since={run.startedAt ?? run.queuedAt} />;
  return (
    <>
      <Time at={run.endedAt} />
      {run.startedAt !== null && (
        <Duration durationMs={Date.parse(run.endedAt) - Date.parse(run.startedAt)} />
      )}
    </>
  );
}
