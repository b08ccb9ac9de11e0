import type { Job } from "../platform/jobs.ts";
import { deleteOldDeliveries } from "./store-webhooks.ts";
import { deleteOldNotices } from "./store.ts";

const dayMs = 24 * 60 * 60_000;
const keepDeliveriesMs = 30 * dayMs;
const keepNoticesMs = 180 * dayMs;

/** Removes what nobody looks at any more. */
export const cleanUpNotices: Job = {
  name: "notices.clean-up",
  everySeconds: 3_600,
  scope: "workspace",
  run: async (ctx) => {
    await deleteOldDeliveries(ctx, new Date(ctx.now.getTime() - keepDeliveriesMs));
    await deleteOldNotices(ctx, new Date(ctx.now.getTime() - keepNoticesMs));
  },
};
