import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageFigures } from "@headcount/contract/usage/query-schemas";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { FigureOf } from "./figure-of.tsx";
import { BoardFigure } from "./lists/board-figure.tsx";
import { viewerTimeZone } from "./viewer-time-zone.ts";

type UsageFactsProps = {
  readonly of: "agent" | "runtime";
  readonly id: string;
  readonly days: 30 | 90;
};

const metrics = "cost,notional,tokens,cache_savings,run_time,tasks,tasks_done" as const;

/** What an agent or a runtime cost and achieved, in one line of figures that leads to the rest. */
export function UsageFacts({ of, id, days }: UsageFactsProps) {
  const text = useText();
  const workspace = useWorkspace();
  const answer = useQuery(
    query(usageQueries.query, {
      workspace: workspace.id,
      [of]: id,
      metrics,
      days,
      tz: viewerTimeZone(workspace.user),
    }),
  );
  return (
    <div className="flex flex-col gap-2.5">
      <div className="flex items-baseline gap-3 text-12">
        <h3 className="font-medium text-faint">{text.usage.days({ count: days })}</h3>
        <Link
          to="/$slug/usage"
          params={{ slug: workspace.slug }}
          search={{ [of]: [id], days }}
          className="ms-auto text-accent-ink hover:underline"
        >
          {text.usageLists.work.toUsage}
        </Link>
      </div>
      {answer.isPending && <Skeleton className="h-22 w-full tablet:h-9.5" />}
      {/* The chart below says what went wrong, and offers another try. */}
      {answer.data !== undefined && <Facts figures={answer.data.totals} />}
    </div>
  );
}

function Facts({ figures }: { readonly figures: UsageFigures }) {
  const { usageLists } = useText();
  const { work } = usageLists;
  const isPaidByPlan = figures.notional !== null && figures.notional !== "0";
  return (
    <dl className="grid grid-cols-3 gap-x-3 gap-y-3 tablet:flex tablet:flex-wrap tablet:gap-x-8">
      <Fact label={usageLists.cost}>
        <FigureOf metric="cost" figure={figures.cost ?? null} />
      </Fact>
      {isPaidByPlan && (
        <Fact label={usageLists.notional}>
          <FigureOf metric="notional" figure={figures.notional ?? null} />
        </Fact>
      )}
      <Fact label={usageLists.tokens}>
        <FigureOf metric="tokens" figure={figures.tokens ?? 0} />
      </Fact>
      <Fact label={work.cacheSaved} hint={work.cacheSavedHint}>
        <FigureOf metric="cache_savings" figure={figures.cache_savings ?? null} />
      </Fact>
      <Fact label={usageLists.time}>
        <FigureOf metric="run_time" figure={figures.run_time ?? 0} />
      </Fact>
      <Fact label={usageLists.tasks} hint={usageLists.tasksHint}>
        <FigureOf metric="tasks" figure={figures.tasks ?? 0} />
      </Fact>
      <Fact label={usageLists.success} hint={usageLists.successHint}>
        <BoardFigure column="success" figures={figures} money="cost" />
      </Fact>
      <Fact label={usageLists.perTask} hint={usageLists.perTaskHint}>
        <BoardFigure column="perTask" figures={figures} money="cost" />
      </Fact>
    </dl>
  );
}

type FactProps = { readonly label: string; readonly hint?: string; readonly children: ReactNode };

function Fact({ label, hint, children }: FactProps) {
  return (
    <div title={hint ?? label} className="flex min-w-0 flex-col">
      <dt className="truncate text-12 text-faint">{label}</dt>
      <dd className="text-14 font-semibold">{children}</dd>
    </div>
  );
}
