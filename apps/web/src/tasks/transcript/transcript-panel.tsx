import { taskCan } from "@headcount/domain/tasks/task-can";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import { useQuery } from "@tanstack/react-query";
import { ChartColumn, Copy, Info, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useMemo, useState } from "react";
import { QueryError } from "../../data/query-error.tsx";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Duration, Elapsed } from "../../ui/duration.tsx";
import { focusContent } from "../../ui/focus-content.ts";
import { returnFocus } from "../../ui/focus-memory.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Money } from "../../ui/money.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { StateGlyph } from "../../ui/state-glyph.tsx";
import { Tokens } from "../../ui/tokens.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { CallPanel } from "../calls/call-panel.tsx";
import { StallBadge } from "../stall-badge.tsx";
import { StopButton } from "../stop-button.tsx";
import { taskStateOf } from "../task-state-of.ts";
import type { Step } from "./build-steps.ts";
import { FailureNote } from "./failure-note.tsx";
import { PendingTranscript, StepSkeletons } from "./pending-transcript.tsx";
import { RunFacts } from "./run-facts.tsx";
import { StepList } from "./step-list.tsx";
import { useTranscript } from "./use-transcript.ts";

type TranscriptPanelProps = { readonly taskId: string; readonly onClose: () => void };

/** A run from its first step to its last, live while it works. */
export function TranscriptPanel({ taskId, onClose }: TranscriptPanelProps) {
  const text = useText();
  const workspace = useWorkspace();
  // The id comes from the address, which has been checked to be a UUID.
  const input = { workspace: workspace.id, taskId: taskId as Task["id"] };
  const task = useQuery(query(tasks.get, input));
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="motion-fade fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusContent}
          onCloseAutoFocus={returnFocus}
          className="motion-drawer-right fixed inset-y-0 right-0 z-50 flex w-full flex-col bg-ground shadow-float outline-none tablet:w-[min(860px,88vw)]"
        >
          <Dialog.Title className="sr-only">{text.runs.transcript}</Dialog.Title>
          {task.data === undefined ? (
            <PendingTranscript
              error={task.error}
              onRetry={() => void task.refetch()}
              onClose={onClose}
            />
          ) : (
            <OpenTranscript key={task.data.id} task={task.data} onClose={onClose} />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type Filter = "all" | "texts" | "tools" | "errors";

const shows: Readonly<Record<Filter, (step: Step) => boolean>> = {
  all: () => true,
  texts: (step) => step.kind === "text",
  tools: (step) => step.kind === "tool",
  errors: (step) => step.isError,
};

type OpenTranscriptProps = { readonly task: Task; readonly onClose: () => void };

function OpenTranscript({ task, onClose }: OpenTranscriptProps) {
  const text = useText();
  const workspace = useWorkspace();
  const [filter, setFilter] = useState<Filter>("all");
  const [factsOpen, setFactsOpen] = useState(false);
  const [callsOpen, setCallsOpen] = useState(false);
  const transcript = useTranscript(workspace.id, task.id);
  const { steps: allSteps } = transcript.log;
  const steps = useMemo(
    () => (filter === "all" ? allSteps : allSteps.filter(shows[filter])),
    [allSteps, filter],
  );
  return (
    <>
      <header className="flex h-(--header) shrink-0 items-center gap-2 border-b border-line ps-4 pe-2">
        <Avatar
          actor={{ type: "agent", id: task.agentId, name: task.agentName }}
          size={20}
          decorative
        />
        <h2 className="min-w-0 truncate text-14 font-semibold">
          {text.runs.transcriptOf({ agent: task.agentName, key: task.issueKey })}
        </h2>
        <span className="ms-auto flex shrink-0 items-center gap-1">
          {taskCan.cancel(task.status) && (
            <StopButton taskId={task.id} agentName={task.agentName} />
          )}
          <IconButton
            label={text.usageLists.work.calls}
            aria-pressed={callsOpen}
            onClick={() => setCallsOpen(!callsOpen)}
          >
            <ChartColumn />
          </IconButton>
          <IconButton
            label={text.runs.facts}
            aria-pressed={factsOpen}
            onClick={() => setFactsOpen(!factsOpen)}
          >
            <Info />
          </IconButton>
          <IconButton
            label={text.runs.copyTranscript}
            onClick={() => void navigator.clipboard.writeText(asText(steps))}
          >
            <Copy />
          </IconButton>
          <IconButton label={text.common.close} onClick={onClose}>
            <X />
          </IconButton>
        </span>
      </header>
      <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line px-4 py-2 text-12 text-muted">
        <TaskFigures task={task} />
        <span className="ms-auto">
          <Segmented
            label={text.runs.filterSteps}
            value={filter}
            onChange={setFilter}
            options={[
              { value: "all", label: text.runs.stepAll },
              { value: "texts", label: text.runs.stepTexts },
              { value: "tools", label: text.runs.stepTools },
              { value: "errors", label: text.runs.stepErrors },
            ]}
          />
        </span>
      </div>
      {factsOpen && <RunFacts task={task} />}
      {callsOpen && <CallPanel task={task} />}
      <FailureNote task={task} />
      {transcript.error !== null && (
        <QueryError error={transcript.error} onRetry={transcript.retry} />
      )}
      {!transcript.loaded && transcript.error === null && steps.length === 0 && <StepSkeletons />}
      {transcript.loaded && steps.length === 0 && (
        <p className="grid grow place-items-center p-6 text-13 text-faint">
          {text.runs.transcriptEmpty}
        </p>
      )}
      {steps.length > 0 && (
        <StepList key={filter} steps={steps} running={taskCan.cancel(task.status)} />
      )}
    </>
  );
}

function TaskFigures({ task }: { readonly task: Task }) {
  const text = useText();
  const state = taskStateOf(task.status);
  return (
    <>
      <span className="flex items-center gap-1.5">
        <StateGlyph state={state} size={12} decorative />
        {text.tasks.statusDetail[task.status] ?? task.status}
      </span>
      {task.startedAt !== null && task.endedAt === null && <Elapsed since={task.startedAt} />}
      {task.startedAt !== null && task.endedAt !== null && (
        <Duration durationMs={Date.parse(task.endedAt) - Date.parse(task.startedAt)} />
      )}
      <StallBadge task={task} />
      <Tokens count={task.usage.tokens.total} />
      <Money usd={task.costUsd} />
      {task.modelUsed !== null && <span className="truncate">{task.modelUsed}</span>}
    </>
  );
}

function asText(steps: readonly Step[]): string {
  return steps
    .map((step) => {
      const head = [step.call.at, step.tool ?? step.kind, step.object].join("  ");
      const body = step.result?.content ?? (step.kind === "tool" ? "" : step.call.content);
      return body === "" || body === step.object ? head : `${head}\n${body}`;
    })
    .join("\n\n");
}
