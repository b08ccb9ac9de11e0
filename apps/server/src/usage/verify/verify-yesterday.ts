import { localDate, shiftDate } from "@headcount/domain/usage/buckets";
import type { Job } from "../../platform/jobs.ts";
import { verifyDay } from "./verify-day.ts";

/**
 * Compares yesterday's sums with the ledger. What it finds is kept with the workspace: the usage
 * page, the doctor and the metrics show it until it is repaired.
 */
export const verifyYesterday: Job = {
  name: "usage.verify",
  everySeconds: 24 * 3_600,
  scope: "workspace",
  run: async (ctx) => {
    const day = shiftDate(localDate("UTC", ctx.now), -1);
    const { differences } = await verifyDay(ctx, day);
    if (differences.length === 0) return;
    const { workspaceId, services } = ctx;
    ctx.afterCommit(() =>
      services.log.error(
        { workspaceId, day, differences: differences.slice(0, 10) },
        "sums of usage differ from the ledger; see `headcount usage verify`",
      ),
    );
  },
};
