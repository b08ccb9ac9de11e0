import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { QueryError } from "../data/query-error.tsx";
import { bootstrapQuery, type Bootstrap } from "../data/load-bootstrap.ts";
import { useText } from "../i18n/use-text.ts";
import { useWorkspaceFeed } from "../realtime/use-workspace-feed.ts";
import { LiveRegion } from "../shell/live-region.tsx";
import { Preferences } from "../session/session-frame.tsx";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { TallyMark } from "../ui/tally-mark.tsx";
import { Toasts } from "../ui/toast.tsx";
import { lastWorkspaceSlug } from "../workspaces/last-workspace.ts";
import { WorkspaceProvider, type WorkspaceView } from "../workspaces/workspace-context.tsx";
import { AgentStep } from "./agent-step.tsx";
import { IssueStep } from "./issue-step.tsx";
import { MachineStep } from "./machine-step.tsx";
import { noteSteps } from "./note-steps.ts";
import { onboardingSteps, openStep, type OnboardingStep } from "./onboarding-steps.ts";
import { ProgressTally } from "./progress-tally.tsx";
import { WatchStep } from "./watch-step.tsx";
import { WorkspaceStep } from "./workspace-step.tsx";

const route = getRouteApi("/signed-in/onboarding");

/** From an empty server to a run that one has watched, one step at a time. */
export function OnboardingPage() {
  const bootstrap = useQuery(bootstrapQuery);
  if (bootstrap.isLoadingError) {
    return <QueryError error={bootstrap.error} onRetry={() => void bootstrap.refetch()} />;
  }
  if (bootstrap.data === undefined) return null;
  return <Steps bootstrap={bootstrap.data} />;
}

function Steps({ bootstrap }: { readonly bootstrap: Bootstrap }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const workspace = currentWorkspace(bootstrap);
  const { onboarding } = bootstrap.user;
  const open = openStep(onboarding, workspace !== null);
  // Returning visitors without an open step see the last one again.
  const step = workspace === null ? "workspace" : (search.step ?? open ?? "watch");
  const go = (next: OnboardingStep, issue?: string) =>
    void navigate({ to: "/onboarding", search: { step: next, issue: issue ?? search.issue } });
  const toBoard = () =>
    workspace === null
      ? undefined
      : void navigate({ to: "/$slug/issues", params: { slug: workspace.slug } });
  const finish = async (ended: OnboardingStep, ending: "done" | "skipped", issue?: string) => {
    await noteSteps([ended], ending);
    const next = onboardingSteps[onboardingSteps.indexOf(ended) + 1];
    if (next === undefined) toBoard();
    else go(next, issue);
  };
  const skipRest = async () => {
    const rest = onboardingSteps.filter((one) => onboarding[one] === undefined);
    await noteSteps(rest, "skipped");
    toBoard();
  };
  const done = (issue?: string) => void finish(step, "done", issue);
  return (
    <div className="flex min-h-full flex-col">
      <Bar
        step={step}
        onSkipStep={workspace === null ? null : () => void finish(step, "skipped")}
        onSkipAll={workspace === null ? null : () => void skipRest()}
      />
      <div className="mx-auto grid w-full max-w-240 grow content-start gap-x-14 gap-y-6 px-4 pb-10 pt-6 tablet:px-8 tablet:pt-[8vh] desk:grid-cols-[176px_minmax(0,1fr)]">
        <Rail
          step={step}
          onboarding={onboarding}
          hasWorkspace={workspace !== null}
          onGo={(next) => go(next)}
        />
        <main className="min-w-0 max-w-160">
          {step === "workspace" && <WorkspaceStep workspace={workspace} onDone={done} />}
          {workspace !== null && step !== "workspace" && (
            <WorkspaceProvider value={workspace}>
              <InWorkspace workspace={workspace}>
                {step === "machine" && <MachineStep onDone={done} />}
                {step === "agent" && <AgentStep onDone={done} />}
                {step === "issue" && <IssueStep onDone={done} onBack={() => go("agent")} />}
                {step === "watch" && (
                  <WatchStep
                    issueKey={search.issue ?? null}
                    onDone={done}
                    onBack={() => go("issue")}
                  />
                )}
              </InWorkspace>
            </WorkspaceProvider>
          )}
        </main>
      </div>
      <footer className="px-4 pb-4 tablet:px-8">
        <Preferences />
      </footer>
      <Toasts />
      <LiveRegion />
    </div>
  );
}

type InWorkspaceProps = { readonly workspace: WorkspaceView; readonly children: ReactNode };

/** Follows the workspace's changes, so that machines and runs appear by themselves. */
function InWorkspace({ workspace, children }: InWorkspaceProps) {
  useWorkspaceFeed(workspace.id, workspace.cursor);
  return children;
}

type BarProps = {
  readonly step: OnboardingStep;
  readonly onSkipStep: (() => void) | null;
  readonly onSkipAll: (() => void) | null;
};

function Bar({ step, onSkipStep, onSkipAll }: BarProps) {
  const text = useText();
  return (
    <header className="flex h-(--header) shrink-0 items-center gap-2 border-b border-line px-4 tablet:px-8">
      <TallyMark size={20} />
      <span className="text-14 font-semibold">{text.onboarding.title}</span>
      <span className="figures text-12 text-faint max-desk:hidden">
        {text.onboarding.stepOf({
          step: onboardingSteps.indexOf(step) + 1,
          count: onboardingSteps.length,
        })}
      </span>
      <span className="ms-auto flex gap-1">
        {onSkipStep !== null && step !== "watch" && (
          <Button variant="quiet" onClick={onSkipStep}>
            {text.onboarding.skipStep}
          </Button>
        )}
        {onSkipAll !== null && step !== "watch" && (
          <Button variant="quiet" onClick={onSkipAll}>
            {text.onboarding.skipAll}
          </Button>
        )}
      </span>
    </header>
  );
}

type RailProps = {
  readonly step: OnboardingStep;
  readonly onboarding: Readonly<Record<string, "done" | "skipped">>;
  readonly hasWorkspace: boolean;
  readonly onGo: (step: OnboardingStep) => void;
};

function Rail({ step, onboarding, hasWorkspace, onGo }: RailProps) {
  const text = useText();
  const counted = onboardingSteps.filter(
    (one) => onboarding[one] !== undefined || (one === "workspace" && hasWorkspace),
  ).length;
  return (
    <nav
      aria-label={text.onboarding.title}
      className="flex items-center gap-4 desk:flex-col desk:items-start desk:gap-5"
    >
      <ProgressTally counted={counted} />
      <span className="figures text-12 text-faint desk:hidden">
        {text.onboarding.stepOf({
          step: onboardingSteps.indexOf(step) + 1,
          count: onboardingSteps.length,
        })}
      </span>
      <ol className="flex w-full flex-col gap-px max-desk:hidden">
        {onboardingSteps.map((one) => {
          const ending =
            one === "workspace" && hasWorkspace ? (onboarding[one] ?? "done") : onboarding[one];
          return (
            <li key={one}>
              <button
                type="button"
                aria-current={one === step ? "step" : undefined}
                disabled={!hasWorkspace && one !== "workspace"}
                onClick={() => onGo(one)}
                className={classNames(
                  "inset-focus flex h-8 w-full items-center gap-2 rounded-control px-2 text-start hover:bg-hover hover:text-ink disabled:pointer-events-none",
                  one === step ? "bg-pressed font-medium text-ink" : "text-muted",
                )}
              >
                <StepMark ending={ending} current={one === step} />
                <span className="truncate">{text.onboarding.steps[one]}</span>
                {ending !== undefined && (
                  <span className="sr-only">
                    {ending === "done" ? text.onboarding.stepDone : text.onboarding.stepSkipped}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

type StepMarkProps = { readonly ending: "done" | "skipped" | undefined; readonly current: boolean };

function StepMark({ ending, current }: StepMarkProps) {
  if (ending === "done") return <StateGlyph state="done" decorative className="shrink-0" />;
  if (ending === "skipped") return <StateGlyph state="cancelled" decorative className="shrink-0" />;
  return (
    <span className="grid size-3.5 shrink-0 place-items-center">
      <span className={classNames("size-1.5 rounded-full", current ? "bg-accent" : "bg-ghost")} />
    </span>
  );
}

function currentWorkspace(bootstrap: Bootstrap): WorkspaceView | null {
  const last = lastWorkspaceSlug();
  const found = bootstrap.workspaces.find(({ slug }) => slug === last) ?? bootstrap.workspaces[0];
  return found === undefined ? null : { ...found, user: bootstrap.user };
}
