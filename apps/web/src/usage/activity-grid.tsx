import { usageQueries } from "@headcount/contract/usage/query-routes";
import { useQuery } from "@tanstack/react-query";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { formatTokens } from "../ui/format-tokens.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { viewerTimeZone } from "./viewer-time-zone.ts";

type ActivityGridProps = { readonly runtimeId: string; readonly days: number };

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const twoDigits = (hour: number): string => String(hour).padStart(2, "0");

/** When a runtime works: weekdays by hours of the day, the darker the more tokens. */
export function ActivityGrid({ runtimeId, days }: ActivityGridProps) {
  const text = useText();
  const workspace = useWorkspace();
  const { work } = text.usageLists;
  const activity = useQuery(
    query(usageQueries.activity, {
      workspace: workspace.id,
      runtime: runtimeId,
      days,
      tz: viewerTimeZone(workspace.user),
    }),
  );
  if (activity.isPending) return <Skeleton className="h-36 w-full" />;
  if (activity.data === undefined) {
    return <QueryError error={activity.error} onRetry={() => void activity.refetch()} />;
  }
  const tokensAt = new Map(
    activity.data.cells.map(({ weekday, hour, usage }) => [
      `${weekday} ${hour}`,
      Number(usage.tokens.total),
    ]),
  );
  const largest = Math.max(...tokensAt.values(), 1);
  return (
    <div className="overflow-x-auto">
      <table
        aria-label={work.activity}
        className="w-full min-w-80 border-separate border-spacing-px"
      >
        <tbody>
          {weekdays.map((weekday) => (
            <tr key={weekday}>
              <th scope="row" className="w-9 pe-1 text-start text-11 font-normal text-faint">
                {work.weekdays[weekday]}
              </th>
              {hours.map((hour) => {
                const tokens = tokensAt.get(`${weekday} ${hour}`) ?? 0;
                const name = `${work.weekdays[weekday]} ${twoDigits(hour)}:00 · ${formatTokens(tokens)}`;
                const look =
                  tokens > 0
                    ? { background: "var(--series-3)", opacity: 0.2 + 0.8 * (tokens / largest) }
                    : undefined;
                return (
                  <td key={hour} aria-label={name} title={name} className="p-0">
                    <span className="block h-4 rounded-[2px] bg-line" style={look} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot aria-hidden="true">
          <tr className="figures text-11 text-faint">
            <th className="w-9">{null}</th>
            {[0, 6, 12, 18].map((hour) => (
              <td key={hour} colSpan={6}>
                {twoDigits(hour)}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
