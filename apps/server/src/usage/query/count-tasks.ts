import type { Measured } from "@headcount/domain/usage/query/measures";
import { amountOf } from "@headcount/domain/usage/query/measures";

/** Tasks that ended, whatever became of them. */
export function countTasks(measured: Measured): number {
  return Number(amountOf("tasks", measured));
}
