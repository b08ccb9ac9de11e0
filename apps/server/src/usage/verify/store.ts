import type { WorkspaceContext } from "../../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

export type VerificationToKeep = {
  /** `YYYY-MM-DD`, `toDay` being the first day that was left out. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly ledgerEvents: number;
  readonly differences: number;
  readonly keys: readonly string[];
};

/** Keeps what a comparison has found, in place of the one before. */
export async function keepVerification(ctx: Ctx, found: VerificationToKeep): Promise<void> {
  await ctx.sql`
    insert into usage_verifications as kept (workspace_id, verified_at, from_day, to_day,
      ledger_events, differences, keys)
    values (${ctx.workspaceId}, ${ctx.now}, ${found.fromDay}, ${found.toDay}, ${found.ledgerEvents},
      ${found.differences}, ${[...found.keys]})
    on conflict (workspace_id) do update set verified_at = excluded.verified_at,
      from_day = excluded.from_day, to_day = excluded.to_day,
      ledger_events = excluded.ledger_events, differences = excluded.differences,
      keys = excluded.keys`;
}
