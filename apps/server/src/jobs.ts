import { sweep } from "./daemons/sweep-runtimes.ts";
import type { Job } from "./platform/jobs.ts";
import { collectRuntimes } from "./runtimes/collect-runtimes.ts";
import { cleanUpTasks } from "./tasks/clean-up.ts";
import { promoteDue } from "./tasks/promote-due.ts";
import { verifyYesterday } from "./usage/verify-yesterday.ts";

/** Every job that the server runs by itself, with its schedule. */
export const jobs: readonly Job[] = [
  sweep,
  promoteDue,
  cleanUpTasks,
  collectRuntimes,
  verifyYesterday,
];
