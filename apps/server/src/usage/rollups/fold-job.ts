import type { Job } from "../../platform/jobs.ts";
import { foldWholeTail } from "./fold-tail.ts";
import { tryLockSums } from "./lock-sums.ts";

/** Folds what a lost wake-up or a stopped process has left in the tail. */
export const foldUsage: Job = {
  name: "usage.fold",
  everySeconds: 60,
  scope: "workspace",
  run: async (ctx) => {
    if (await tryLockSums(ctx)) await foldWholeTail(ctx);
  },
};
