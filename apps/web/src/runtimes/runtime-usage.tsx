import type { OutputOf } from "@headcount/contract/kit/route";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { useQuery } from "@tanstack/react-query";
import { HourStrip } from "../charts/hour-strip.tsx";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { ActivityGrid } from "../usage/activity-grid.tsx";
import { DailyChart } from "../usage/daily-chart.tsx";
import { AgentShares } from "../usage/agent-shares.tsx";
import { UsageFacts } from "../usage/usage-facts.tsx";
import { viewerTimeZone } from "../usage/viewer-time-zone.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

type RuntimeUsageReply = OutputOf<typeof usageQueries.runtime>;
type RuntimeUsageProps = { readonly runtimeId: string };

const shownDays = 90;

/** What ran on a runtime in the last 90 days: per day, by agent, and at which hours. */
export function RuntimeUsage({ runtimeId }: RuntimeUsageProps) {
  const workspace = useWorkspace();
  const text = useText();
  const reply = useQuery(
    query(usageQueries.runtime, {
      workspace: workspace.id,
      // The row that opens this names a runtime.
      runtimeId: runtimeId as never,
      days: shownDays,
      tz: viewerTimeZone(workspace.user),
    }),
  );
  if (reply.isPending) return <Skeleton className="h-36 w-full" />;
  if (reply.data === undefined) {
    return <QueryError error={reply.error} onRetry={() => void reply.refetch()} />;
  }
  if (reply.data.total.events === 0 && reply.data.tasks === 0) {
    return <p className="text-12 text-faint">{text.runtimes.usageNone}</p>;
  }
  return <Figures reply={reply.data} runtimeId={runtimeId} />;
}

type FiguresProps = RuntimeUsageProps & { readonly reply: RuntimeUsageReply };

function Figures({ reply, runtimeId }: FiguresProps) {
  const text = useText();
  const { days, byAgent, hours, total } = reply;
  return (
    <div className="flex flex-col gap-4 pb-2">
      <UsageFacts of="runtime" id={runtimeId} days={shownDays} />
      <DailyChart days={days} measure="tokens" height={140} />
      <div className="grid gap-x-10 gap-y-4 desk:grid-cols-2">
        <AgentShares agents={byAgent} total={total} />
        <div className="flex min-w-0 flex-col gap-4">
          <section className="flex flex-col gap-2">
            <h3 className="text-14 font-semibold">{text.runtimes.usageHours}</h3>
            <HourStrip
              label={text.runtimes.usageHours}
              values={hours.map((hour) => Number(hour.usage.tokens.total))}
            />
          </section>
          <section className="flex flex-col gap-2">
            <h3 className="text-14 font-semibold">{text.usageLists.work.activity}</h3>
            <ActivityGrid runtimeId={runtimeId} days={shownDays} />
          </section>
        </div>
      </div>
    </div>
  );
}
