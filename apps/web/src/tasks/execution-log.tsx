import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import { mayRunNow, taskCan } from "@headcount/domain/tasks/task-can";
import { Ellipsis } from "lucide-react";
import { describeError } from "../data/describe-error.ts";
import { useCommand } from "../data/use-command.ts";
import type { Catalogue } from "../i18n/catalogue.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { DottedLine } from "../ui/dotted-line.tsx";
import { Duration, Elapsed } from "../ui/duration.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { Money } from "../ui/money.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { Time } from "../ui/time.tsx";
import { showToast } from "../ui/toast.tsx";
import { Tokens } from "../ui/tokens.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { ChangedLines } from "./changed-lines.tsx";
import { StallBadge } from "./stall-badge.tsx";
import { taskStateOf } from "./task-state-of.ts";
import { waitingText } from "./waiting-text.ts";
import { watchdogText } from "./watchdog-text.ts";

type ExecutionLogProps = {
  readonly tasks: readonly Task[];
  readonly onOpen: (taskId: string) => void;
};

/** Every run, the active one first: who, why, how it ended, how long, how much. */
export function ExecutionLog({ tasks: runs, onOpen }: ExecutionLogProps) {
  const text = useText();
  if (runs.length === 0) return <p className="text-12 text-faint">{text.issues.noRuns}</p>;
  const retried = new Set(runs.map((run) => run.retryOf));
  return (
    <ul className="-mx-1.5 flex flex-col">
      {runs.map((run) => (
        <RunRow key={run.id} run={run} isRetried={retried.has(run.id)} onOpen={onOpen} />
      ))}
    </ul>
  );
}

type RunRowProps = {
  readonly run: Task;
  /** Another run has taken its place by itself. */
  readonly isRetried: boolean;
  readonly onOpen: (taskId: string) => void;
};

function RunRow({ run, isRetried, onOpen }: RunRowProps) {
  const text = useText();
  const format = useFormat();
  const word = wordFor(run, text);
  const remedy =
    run.failureReason === null || run.status !== "failed"
      ? run.remedy
      : (text.runs.failure[run.failureReason] ?? run.remedy);
  return (
    <li className="relative flex items-start gap-2 rounded-control px-1.5 py-1.5 hover:bg-hover has-focus-visible:bg-hover">
      <StateGlyph state={taskStateOf(run.status)} size={13} className="mt-1 shrink-0" />
      <div className="min-w-0 grow">
        <button
          type="button"
          className="inset-focus flex w-full min-w-0 items-baseline gap-1.5 text-start after:absolute after:inset-0"
          onClick={() => onOpen(run.id)}
        >
          <span className="truncate font-medium">{run.agentName}</span>
          <span className="shrink-0 text-12 text-muted">{word}</span>
          {run.usage.events > 0 && (
            <Money usd={run.costUsd} className="ms-auto shrink-0 ps-2 text-12 text-muted" />
          )}
        </button>
        <div className="figures flex items-start gap-2 text-12 text-faint">
          <DottedLine className="min-w-0 grow">
            <RunTime run={run} />
            {run.attempt > 1 && (
              <span>{text.runs.attempt({ attempt: run.attempt, max: run.maxAttempts })}</span>
            )}
            {run.changes.filesChanged > 0 && (
              <span>
                <ChangedLines changes={run.changes} />
              </span>
            )}
          </DottedLine>
          {run.usage.events > 0 && <Tokens count={run.usage.tokens.total} className="shrink-0" />}
        </div>
        {run.waiting !== null && taskCan.cancel(run.status) && run.status !== "running" && (
          <p className="text-12 text-waiting-ink">{waitingText(run.waiting, text, format)}</p>
        )}
        <StallBadge task={run} />
        {run.watchdog !== null && (
          <p className="text-12 text-muted">
            {text.runs.endedByLimit}: {watchdogText(run.watchdog, text)}
          </p>
        )}
        {run.status === "failed" && isRetried && (
          <p className="text-12 text-muted">{text.runs.triedAgain}</p>
        )}
        {run.status === "failed" && !isRetried && remedy !== null && (
          <p className="text-12 text-failed-ink">{remedy}</p>
        )}
      </div>
      <RunMenu run={run} />
    </li>
  );
}

function RunTime({ run }: { readonly run: Task }) {
  if (run.startedAt !== null && run.endedAt !== null) {
    return (
      <>
        <span>
          <Time at={run.endedAt} />
        </span>
        <span>
          <Duration durationMs={Date.parse(run.endedAt) - Date.parse(run.startedAt)} />
        </span>
      </>
    );
  }
  return (
    <span>
      <Elapsed since={run.startedAt ?? run.queuedAt} />
    </span>
  );
}

function RunMenu({ run }: { readonly run: Task }) {
  const text = useText();
  const workspace = useWorkspace();
  const onError = (error: unknown) =>
    showToast({ tone: "failed", message: describeError(error, text) });
  const cancel = useCommand(tasks.cancel, { onError });
  const rerun = useCommand(tasks.rerun, { onError });
  const runNow = useCommand(tasks.runNow, { onError });
  const input = { workspace: workspace.id, taskId: run.id };
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={text.common.more} size="small" className="relative z-10">
          <Ellipsis size={14} />
        </IconButton>
      }
    >
      {mayRunNow(run) && (
        <MenuItem onSelect={() => runNow.mutate(input)}>{text.runs.runNow}</MenuItem>
      )}
      {taskCan.rerun(run.status) && (
        <MenuItem onSelect={() => rerun.mutate(input)}>{text.runs.rerun}</MenuItem>
      )}
      {taskCan.cancel(run.status) && (
        <MenuItem danger onSelect={() => cancel.mutate(input)}>
          {text.runs.stop}
        </MenuItem>
      )}
    </Menu>
  );
}

function wordFor(run: Task, text: Catalogue): string {
  if (run.outcome !== null) return text.runs.outcome[run.outcome] ?? run.outcome;
  return text.tasks.statusDetail[run.status] ?? run.status;
}
