import type { OutputOf } from "@headcount/contract/kit/route";
import type { usageQueries } from "@headcount/contract/usage/query-routes";
import type { usage } from "@headcount/contract/usage/routes";
import { summaryCsv } from "./summary-csv.ts";

/** Usage per day, of a workspace or of a runtime. */
export function daysCsv({ days }: Pick<OutputOf<typeof usage.daily>, "days">): string {
  return summaryCsv(
    ["date", "tasks"],
    days.map((day) => ({
      cells: [{ text: day.date }, { figure: day.tasks }],
      usage: day.usage,
    })),
  );
}

/** Usage by agent. */
export function agentsCsv({ agents }: OutputOf<typeof usageQueries.byAgent>): string {
  return summaryCsv(
    ["agent", "agent_id", "tasks", "run_time_ms"],
    agents.map((one) => ({
      cells: [
        { text: one.name },
        { text: one.agentId ?? "" },
        { figure: one.tasks },
        { figure: one.runTimeMs },
      ],
      usage: one.usage,
    })),
  );
}

/** Usage by hour of the day. */
export function hoursCsv({ hours }: OutputOf<typeof usageQueries.byHour>): string {
  return summaryCsv(
    ["hour", "tasks"],
    hours.map((one) => ({
      cells: [{ figure: one.hour }, { figure: one.tasks }],
      usage: one.usage,
    })),
  );
}

/** Usage by weekday and hour. */
export function activityCsv({ cells }: OutputOf<typeof usageQueries.activity>): string {
  return summaryCsv(
    ["weekday", "hour", "tasks"],
    cells.map((one) => ({
      cells: [{ figure: one.weekday }, { figure: one.hour }, { figure: one.tasks }],
      usage: one.usage,
    })),
  );
}

/** What an issue used, per task. */
export function issueCsv({ byTask }: Pick<OutputOf<typeof usage.issue>, "byTask">): string {
  return summaryCsv(
    ["task_id"],
    byTask.map((one) => ({ cells: [{ text: one.taskId }], usage: one.usage })),
  );
}

/** What a task used, per model. */
export function taskCsv({ byModel }: Pick<OutputOf<typeof usage.task>, "byModel">): string {
  return summaryCsv(
    ["provider", "model"],
    byModel.map((one) => ({
      cells: [{ text: one.provider }, { text: one.model }],
      usage: one.usage,
    })),
  );
}
