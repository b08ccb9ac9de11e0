import type { Tank } from "@headcount/contract/tank/schemas";
import { formatCost } from "../output/format-cost.ts";
import type { Printer } from "../output/printer.ts";

const actions = {
  notify: "people are told",
  hold: "no task starts",
  stop: "running tasks stop as well",
} as const;

/** One tank: how full it is, how fast it burns and when it is empty. */
export function printTank(tank: Tank, printer: Printer): void {
  const { memberName, percent, burn, emptyAt, heldTasks } = tank;
  printer.fields([
    ["Tank", memberName ?? "workspace"],
    ["Balance", `${formatCost(tank.balance)} of ${formatCost(tank.full)} (${percent} %)`],
    ["Paid in", `${formatCost(tank.filled)} since ${tank.since.slice(0, 16)}`],
    ["Spent", formatCost(tank.spent)],
    ["Burns", `${formatCost(burn.perHour)} per hour`],
    ["Empty at", tank.empty ? "now" : (emptyAt?.slice(0, 16) ?? "not in sight")],
    ["When empty", actions[tank.action]],
    ["Held tasks", heldTasks],
  ]);
}
