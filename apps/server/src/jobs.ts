import { sweepBudgets } from "./budgets/sweep-budgets.ts";
import { sweep } from "./daemons/sweep-runtimes.ts";
import { countQuarters } from "./live/count-quarters.ts";
import { countScales } from "./live/count-scales.ts";
import { keepSamples } from "./live/keep-samples.ts";
import type { Job } from "./platform/jobs.ts";
import { cleanUpNotices } from "./notices/clean-up.ts";
import { watchAgents } from "./runaway/watch-agents.ts";
import { collectRuntimes } from "./runtimes/collect-runtimes.ts";
import { cleanUpTasks } from "./tasks/clean-up.ts";
import { deliverFailureNotices } from "./tasks/deliver-failure-notices.ts";
import { promoteDue } from "./tasks/promote-due.ts";
import { prepareMonths } from "./usage/ledger/months-job.ts";
import { countMinutes } from "./usage/minutes/count-minutes.ts";
import { foldUsage } from "./usage/rollups/fold-job.ts";
import { verifyYesterday } from "./usage/verify/verify-yesterday.ts";

/** Every job that the server runs by itself, with its schedule. */
export const jobs: readonly Job[] = [
  sweep,
  sweepBudgets,
  promoteDue,
  deliverFailureNotices,
  cleanUpTasks,
  collectRuntimes,
  watchAgents,
  cleanUpNotices,
  prepareMonths,
  foldUsage,
  verifyYesterday,
  keepSamples,
  countQuarters,
  countScales,
  countMinutes,
];
