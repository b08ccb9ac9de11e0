import type {
  EstimateCalibration,
  EstimateReason,
  UsageEstimateReply,
} from "@headcount/contract/usage/estimate-schemas";
import { formatCost } from "../output/format-cost.ts";
import { formatCount } from "../output/format-count.ts";
import { formatSpan } from "../output/format-span.ts";
import type { Printer } from "../output/printer.ts";

type Row = {
  readonly name: string;
  readonly usual: { readonly low: string; readonly median: string; readonly high: string } | null;
  readonly reason: EstimateReason | null;
  readonly calibration: EstimateCalibration;
};

/** What is usual of each figure, how such ranges fared, and what it is made from. */
export function printEstimate(reply: UsageEstimateReply, printer: Printer): void {
  const { cost, notional, tokens, runTimeMs } = reply;
  const rows: readonly Row[] = [
    rowOf("cost", cost, formatCost),
    rowOf("list price", notional, formatCost),
    rowOf("tokens", tokens, formatCount),
    rowOf("run time", runTimeMs, formatSpan),
  ];
  const known = rows.filter((row) => row.usual !== null);
  if (known.length > 0) {
    printer.table(known, [
      { title: "FIGURE", value: ({ name }) => name },
      { title: "USUALLY", value: ({ usual }) => usual?.median, align: "right" },
      {
        title: "RANGE",
        value: ({ usual }) => (usual === null ? "" : `${usual.low} – ${usual.high}`),
        align: "right",
      },
      {
        title: "INSIDE",
        value: ({ calibration: kept }) => kept && `${kept.inside} of ${kept.of}`,
        align: "right",
      },
    ]);
  }
  hintBasis(reply, rows, printer);
}

function rowOf<Value>(
  name: string,
  estimate: Omit<Row, "name" | "usual"> & {
    readonly usual: { readonly low: Value; readonly median: Value; readonly high: Value } | null;
  },
  show: (value: Value) => string,
): Row {
  const { usual } = estimate;
  return {
    ...estimate,
    name,
    usual: usual && {
      low: show(usual.low),
      median: show(usual.median),
      high: show(usual.high),
    },
  };
}

function hintBasis(reply: UsageEstimateReply, rows: readonly Row[], printer: Printer): void {
  const { agentName, tasks, tasksNeeded, scope } = reply;
  if (rows.some(({ reason }) => reason === "unpriced")) {
    printer.hint("No cost is estimated: too many of the tasks used models without a price.");
  }
  if (tasks < tasksNeeded) {
    printer.hint(`${agentName} has finished ${tasks} of the ${tasksNeeded} tasks that it takes.`);
    return;
  }
  if (scope === "agent") printer.hint(`From the last ${tasks} tasks of ${agentName}.`);
  if (scope === "agent_in_project") {
    printer.hint(`From the last ${tasks} tasks of ${agentName} in this project.`);
  }
}
