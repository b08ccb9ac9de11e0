import type { WorkspaceContext } from "../../platform/context.ts";

export type KeptVerification = {
  readonly verifiedAt: Date;
  /** `YYYY-MM-DD`, `toDay` being the first day that was left out. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly differences: number;
  readonly keys: readonly string[];
};

/** What the latest nightly comparison has found; null before the first. */
export async function readVerification(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
): Promise<KeptVerification | null> {
  const [row] = await ctx.sql<KeptVerification[]>`
    select verified_at, to_char(from_day, 'YYYY-MM-DD') as from_day,
      to_char(to_day, 'YYYY-MM-DD') as to_day, differences, keys
    from usage_verifications where workspace_id = ${ctx.workspaceId}`;
  return row ?? null;
}
