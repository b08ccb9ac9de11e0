import type { Agent } from "@headcount/contract/agents/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import { usage } from "@headcount/contract/usage/routes";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { Segmented } from "../ui/segmented.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import type { TaskState } from "../ui/task-state.ts";
import { DailyChart, type UsageMeasure } from "../usage/daily-chart.tsx";
import { UsageFacts } from "../usage/usage-facts.tsx";
import { viewerTimeZone } from "../usage/viewer-time-zone.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { AgentTabProps } from "./agent-tab-props.ts";
import { RunList } from "./run-list.tsx";

/** What it is doing, whether it can work, and what it cost. */
export function OverviewTab({ agent }: AgentTabProps) {
  return (
    <div className="flex w-full max-w-(--measure) flex-col gap-7 px-4 py-5">
      <Now agent={agent} />
      <Readiness agent={agent} />
      <Cost agent={agent} />
    </div>
  );
}

type PartProps = { readonly agent: Agent };
type SectionProps = {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
};

function Section({ title, aside, children }: SectionProps) {
  return (
    <section className="flex flex-col gap-2.5">
      <div className="flex min-h-7 items-center gap-3">
        <h2 className="text-13 font-semibold">{title}</h2>
        <span className="ms-auto">{aside}</span>
      </div>
      {children}
    </section>
  );
}

const shownRuns = 4;

function Now({ agent }: PartProps) {
  const text = useText();
  const workspace = useWorkspace();
  const latest = useQuery(
    query(tasks.list, { workspace: workspace.id, agentId: agent.id, limit: shownRuns }),
  );
  const runs = latest.data?.items ?? [];
  const active = runs.filter((run) => run.endedAt === null);
  return (
    <Section title={text.agents.now}>
      {latest.isPending && <Skeleton className="w-60" />}
      {latest.isError && latest.data === undefined && (
        <QueryError error={latest.error} onRetry={() => void latest.refetch()} />
      )}
      {latest.data !== undefined && active.length === 0 && (
        <p className="text-13 text-muted">{text.agents.idleNow}</p>
      )}
      {active.length > 0 && <RunList runs={active} />}
      {active.length === 0 && runs.length > 0 && (
        <>
          <h3 className="mt-1 text-12 font-medium text-faint">{text.agents.lastTask}</h3>
          <RunList runs={runs.slice(0, 1)} />
        </>
      )}
    </Section>
  );
}

const verdictStates: Readonly<Record<Agent["readiness"]["verdict"], TaskState>> = {
  available: "done",
  waitable: "waiting",
  blocked: "blocked",
};

function Readiness({ agent }: PartProps) {
  const text = useText();
  const { slug } = useWorkspace();
  const { verdict, reason, detail } = agent.readiness;
  const reasons: Readonly<Record<string, string>> = text.agents.readinessReason;
  return (
    <Section title={text.agents.readinessTitle}>
      <div className="flex items-start gap-2.5 rounded-card border border-line px-3 py-2.5">
        <StateGlyph state={verdictStates[verdict]} decorative className="mt-0.5 shrink-0" />
        <div className="min-w-0 grow">
          <p className="font-medium">{text.agents.readiness[verdict]}</p>
          {reason !== null && (
            <p className="mt-0.5 text-13 text-muted">{reasons[reason] ?? detail}</p>
          )}
        </div>
        {agent.runtimeId !== null && (
          <Link
            to="/$slug/runtimes"
            params={{ slug }}
            search={{ runtime: agent.runtimeId }}
            className="shrink-0 text-13 text-accent-ink hover:underline"
          >
            {text.agents.toRuntime}
          </Link>
        )}
      </div>
    </Section>
  );
}

const shownDays = 30;

function Cost({ agent }: PartProps) {
  const text = useText();
  const workspace = useWorkspace();
  const [measure, setMeasure] = useState<UsageMeasure>("tokens");
  const daily = useQuery(
    query(usage.daily, {
      workspace: workspace.id,
      agentId: agent.id,
      days: shownDays,
      tz: viewerTimeZone(workspace.user),
    }),
  );
  return (
    <Section
      title={text.agents.costTitle}
      aside={
        <Segmented
          label={text.usage.measure}
          value={measure}
          onChange={setMeasure}
          options={[
            { value: "tokens", label: text.usage.tokens },
            { value: "cost", label: text.usage.cost },
          ]}
        />
      }
    >
      <UsageFacts of="agent" id={agent.id} days={shownDays} />
      {daily.isPending && <Skeleton className="h-53 w-full" />}
      {daily.isLoadingError && (
        <QueryError error={daily.error} onRetry={() => void daily.refetch()} />
      )}
      {daily.data !== undefined && (
        <DailyChart days={daily.data.days} measure={measure} height={180} />
      )}
    </Section>
  );
}
