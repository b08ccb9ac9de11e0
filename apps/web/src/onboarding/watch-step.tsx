import { comments, issues } from "@headcount/contract/issues/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import { taskCan } from "@headcount/domain/tasks/task-can";
import { skipToken, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { api } from "../data/api.ts";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { queryKey } from "../data/query-key.ts";
import type { Catalogue } from "../i18n/catalogue.ts";
import type { Format } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { announce } from "../shell/live-region.tsx";
import { StopButton } from "../tasks/stop-button.tsx";
import { taskStateOf } from "../tasks/task-state-of.ts";
import { buildSteps } from "../tasks/transcript/build-steps.ts";
import { StepList } from "../tasks/transcript/step-list.tsx";
import { useTranscript } from "../tasks/transcript/use-transcript.ts";
import { waitingText } from "../tasks/waiting-text.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Duration, Elapsed } from "../ui/duration.tsx";
import { Markdown } from "../ui/markdown.tsx";
import { Money } from "../ui/money.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { TallyMark } from "../ui/tally-mark.tsx";
import { Tokens } from "../ui/tokens.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { StepFrame } from "./step-frame.tsx";

type WatchStepProps = {
  readonly issueKey: string | null;
  readonly onDone: () => void;
  readonly onBack: () => void;
};

/** The run of the first issue, live; then its answer and what it cost. */
export function WatchStep({ issueKey, onDone, onBack }: WatchStepProps) {
  const text = useText();
  const workspace = useWorkspace();
  const newest = useQuery(
    query(issues.list, { workspace: workspace.id, sort: "created", limit: 1 }),
  );
  const key = issueKey ?? newest.data?.items[0]?.key ?? null;
  const runs = useQuery({
    queryKey: queryKey(issues.tasks, { workspace: workspace.id, issue: key ?? "" }),
    queryFn:
      key === null
        ? skipToken
        : ({ signal }) =>
            api.call(issues.tasks, { workspace: workspace.id, issue: key }, { signal }),
  });
  const run = runs.data?.items[0] ?? null;
  return (
    <StepFrame title={text.onboarding.watchTitle} hint={text.onboarding.watchHint}>
      {runs.isLoadingError && <QueryError error={runs.error} onRetry={() => void runs.refetch()} />}
      {key === null && newest.isSuccess && (
        <div className="flex flex-col items-start gap-4">
          <p className="text-muted">{text.onboarding.watchNone}</p>
          <Button variant="primary" size="large" onClick={onBack}>
            {text.onboarding.watchToIssue}
          </Button>
        </div>
      )}
      {key !== null && run === null && !runs.isError && <Pending />}
      {run !== null && key !== null && <Run run={run} issueKey={key} onDone={onDone} />}
    </StepFrame>
  );
}

function Pending() {
  const text = useText();
  return (
    <p role="status" className="appears-late flex items-center gap-2.5 text-muted">
      <TallyMark size={18} loading />
      {text.onboarding.watchWaiting}
    </p>
  );
}

type RunProps = {
  readonly run: Task;
  readonly issueKey: string;
  readonly onDone: () => void;
};

function Run({ run, issueKey, onDone }: RunProps) {
  const text = useText();
  const format = useFormat();
  const { slug, id } = useWorkspace();
  const transcript = useTranscript(id, run.id);
  const steps = useMemo(() => buildSteps(transcript.rows), [transcript.rows]);
  const ended = run.endedAt !== null;
  const status = text.tasks.statusDetail[run.status] ?? run.status;
  useEffect(() => announce(`${run.agentName}: ${status}`), [run.agentName, status]);
  const remedy =
    run.status === "failed" && run.failureReason !== null
      ? (text.runs.failure[run.failureReason] ?? run.remedy)
      : null;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col overflow-hidden rounded-card border border-line bg-raised">
        <RunHead run={run} status={status} />
        <div className="flex h-72 flex-col">
          {steps.length > 0 ? (
            <StepList steps={steps} running={taskCan.cancel(run.status)} />
          ) : (
            <p className="grid grow place-items-center text-faint">
              {placeholderOf(run, text, format)}
            </p>
          )}
        </div>
      </div>
      {remedy !== null && <p className="text-failed-ink">{remedy}</p>}
      {ended && <Answer run={run} issueKey={issueKey} />}
      {run.status === "completed" && <p className="text-muted">{text.onboarding.watchDone}</p>}
      <div className="flex flex-wrap gap-2">
        <Button variant={ended ? "primary" : "secondary"} size="large" onClick={onDone}>
          {text.onboarding.finish}
        </Button>
        <Button asChild size="large" variant="quiet">
          <Link to="/$slug/issues/$issueKey" params={{ slug, issueKey }}>
            {text.onboarding.watchOpenIssue}
          </Link>
        </Button>
      </div>
    </div>
  );
}

function placeholderOf(run: Task, text: Catalogue, format: Format): string {
  if (run.waiting !== null) return waitingText(run.waiting, text, format);
  return run.startedAt === null ? text.onboarding.watchWaiting : text.runs.transcriptEmpty;
}

type RunHeadProps = { readonly run: Task; readonly status: string };

function RunHead({ run, status }: RunHeadProps) {
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-2.5 gap-y-1 border-b border-line px-3 py-1.5">
      <Avatar
        actor={{ type: "agent", id: run.agentId, name: run.agentName }}
        size={22}
        decorative
      />
      <span className="font-medium">{run.agentName}</span>
      <span className="flex items-center gap-1.5 text-muted">
        <StateGlyph state={taskStateOf(run.status)} size={12} decorative />
        {status}
      </span>
      <span className="figures ms-auto flex items-center gap-3 text-muted">
        {run.startedAt !== null && run.endedAt === null && <Elapsed since={run.startedAt} />}
        {run.startedAt !== null && run.endedAt !== null && (
          <Duration durationMs={Date.parse(run.endedAt) - Date.parse(run.startedAt)} />
        )}
        <Tokens count={run.usage.tokens.total} />
        <Money usd={run.costUsd} />
        {taskCan.cancel(run.status) && <StopButton taskId={run.id} agentName={run.agentName} />}
      </span>
    </div>
  );
}

type AnswerProps = { readonly run: Task; readonly issueKey: string };

function Answer({ run, issueKey }: AnswerProps) {
  const text = useText();
  const workspace = useWorkspace();
  const talk = useQuery(query(comments.list, { workspace: workspace.id, issue: issueKey }));
  const answer = talk.data?.items.findLast((comment) => comment.taskId === run.id);
  if (answer === undefined) return null;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-12 font-medium text-faint">
        {text.onboarding.watchAnswer({ agent: run.agentName })}
      </h2>
      <div className="rounded-card border border-line bg-raised px-4 py-3">
        <Markdown text={answer.body} />
      </div>
    </section>
  );
}
