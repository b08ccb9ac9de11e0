import { localDay, localDate, shiftDate } from "@headcount/domain/usage/buckets";
import type { Job } from "../../platform/jobs.ts";
import { findUsageDifferences } from "./find-differences.ts";

/** Compares yesterday's sums with the ledger. A difference fails the job, which the doctor shows. */
export const verifyYesterday: Job = {
  name: "usage.verify",
  everySeconds: 24 * 3_600,
  scope: "workspace",
  run: async (ctx) => {
    const { startsAt, endsAt } = localDay("UTC", shiftDate(localDate("UTC", ctx.now), -1));
    const differences = await findUsageDifferences(ctx, { from: startsAt, to: endsAt });
    if (differences.length === 0) return;
    const keys = differences.slice(0, 5).map((difference) => difference.key);
    throw new Error(
      `Workspace ${ctx.workspaceId}: ${differences.length} sums differ from the ledger (${keys.join("; ")})`,
    );
  },
};
