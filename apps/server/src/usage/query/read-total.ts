import type { UsageSummary } from "@headcount/contract/usage/schemas";
import { summarise } from "@headcount/domain/usage/query/summarise";
import type { WorkspaceContext } from "../../platform/context.ts";
import { type Period, periodQuestion } from "./period-question.ts";
import { readGroups } from "./read-groups.ts";
import { sumGroups } from "./sum-groups.ts";

/** All usage of a period. */
export async function readTotal(ctx: WorkspaceContext, period: Period): Promise<UsageSummary> {
  const groups = await readGroups(ctx, periodQuestion(ctx, period, []));
  return summarise(sumGroups(groups).sums);
}
