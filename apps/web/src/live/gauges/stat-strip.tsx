import type { LiveGauges } from "@headcount/contract/live/gauge-schemas";
import type { ReactNode } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { classNames } from "../../ui/class-names.ts";

/** Figures that need no scale: what waits, what is open and what was closed, and how much fails. */
export function StatStrip({ gauges }: { readonly gauges: LiveGauges }) {
  const text = useText();
  const format = useFormat();
  const { state, oneHour, fiveMinutes, issuesClosedToday } = gauges;
  const rate = ({ tasksEnded, tasksFailed }: LiveGauges["oneHour"]): string =>
    tasksEnded === 0 ? "—" : format.percent(tasksFailed / tasksEnded);
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 border-y border-line py-2.5">
      <Stat label={text.live.queueDepth}>{format.number(state.queueDepth)}</Stat>
      <Stat label={text.live.openIssues}>{format.number(state.openIssues)}</Stat>
      <Stat label={text.live.closedToday}>{format.number(issuesClosedToday)}</Stat>
      <Stat
        label={text.live.errorRate}
        note={text.live.failedOf({ failed: oneHour.tasksFailed, ended: oneHour.tasksEnded })}
        tone={oneHour.tasksFailed > 0 ? "failed" : "plain"}
      >
        {rate(oneHour)}
      </Stat>
      <Stat label={text.live.errorRateNow} tone={fiveMinutes.tasksFailed > 0 ? "failed" : "plain"}>
        {rate(fiveMinutes)}
      </Stat>
    </dl>
  );
}

type StatProps = {
  readonly label: string;
  readonly note?: string;
  readonly tone?: "plain" | "failed";
  readonly children: ReactNode;
};

function Stat({ label, note, tone = "plain", children }: StatProps) {
  return (
    <div className="flex items-baseline gap-2">
      <dt className="text-12 text-faint">{label}</dt>
      <dd className={classNames("figures font-medium", tone === "failed" && "text-failed-ink")}>
        {children}
        {note !== undefined && (
          <span className="ms-1.5 text-12 font-normal text-faint">{note}</span>
        )}
      </dd>
    </div>
  );
}
