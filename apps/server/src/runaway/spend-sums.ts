import type { QuarterSpend } from "@headcount/domain/runaway/judge-velocity";
import type { WorkspaceContext } from "../platform/context.ts";

/** Sums of bigint and numeric. */
export type SpendRow = { readonly costPico: string; readonly tokens: string };

/** SQL: how much was spent over points `p`; what a cache gives back costs an agent no effort. */
export const spendSums = ({
  sql,
}: Pick<WorkspaceContext, "sql">): ReturnType<WorkspaceContext["sql"]> => sql`
  sum(coalesce(p.cost_pico, 0) + coalesce(p.notional_pico, 0)) as cost_pico,
  sum(coalesce(p.input, 0) + coalesce(p.cache_write_5m, 0) + coalesce(p.cache_write_1h, 0)
    + coalesce(p.output, 0)) as tokens`;

export const toSpend = ({ costPico, tokens }: SpendRow): QuarterSpend => ({
  costPico: BigInt(costPico),
  tokens: BigInt(tokens),
});
