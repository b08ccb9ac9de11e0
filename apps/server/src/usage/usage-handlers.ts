import type { Handler } from "../platform/command.ts";
import { usageEstimate } from "./estimate/usage-estimate.ts";
import { explainUsageEvent } from "./events/explain-event.ts";
import { listTaskEvents } from "./events/list-task-events.ts";
import { usageForecast } from "./forecast/usage-forecast.ts";
import { importUsage } from "./import/import-usage.ts";
import { usageOutcomes } from "./outcomes/usage-outcomes.ts";
import { endPriceOverride } from "./prices/end-override.ts";
import { listPriceOverrides } from "./prices/list-overrides.ts";
import { listPrices } from "./prices/list-prices.ts";
import { listUnpriced } from "./prices/list-unpriced.ts";
import { setPriceOverride } from "./prices/set-override.ts";
import { listQuarantined } from "./quarantine/list-quarantined.ts";
import { dailyUsage } from "./query/daily-usage.ts";
import { issueUsage } from "./query/issue-usage.ts";
import { queryUsage } from "./query/query-usage.ts";
import { runtimeUsage } from "./query/runtime-usage.ts";
import { taskUsage } from "./query/task-usage.ts";
import { usageByAgent } from "./query/usage-by-agent.ts";
import { usageActivity, usageByHour } from "./query/usage-by-hour.ts";
import { usageFailures } from "./query/usage-failures.ts";
import { usageSummary } from "./query/usage-summary.ts";
import { listRepricings } from "./repricing/list-repricings.ts";
import { previewReprice } from "./repricing/preview-reprice.ts";
import { reprice } from "./repricing/reprice.ts";
import { undoReprice } from "./repricing/undo-reprice.ts";
import { listTaskShares } from "./task-shares/list-task-shares.ts";
import { booksVerification } from "./verify/books-verification.ts";
import { rebuildUsage } from "./verify/rebuild-usage.ts";
import { usageBounds } from "./verify/usage-bounds.ts";
import { verifyUsageQuery } from "./verify/verify-usage.ts";

/** Every command and query of the books. */
export const usageHandlers: readonly Handler[] = [
  dailyUsage,
  importUsage,
  usageSummary,
  queryUsage,
  listTaskShares,
  usageOutcomes,
  usageForecast,
  usageEstimate,
  usageFailures,
  usageByAgent,
  usageByHour,
  usageActivity,
  runtimeUsage,
  issueUsage,
  taskUsage,
  verifyUsageQuery,
  usageBounds,
  rebuildUsage,
  booksVerification,
  listQuarantined,
  listPrices,
  listUnpriced,
  listPriceOverrides,
  setPriceOverride,
  endPriceOverride,
  previewReprice,
  reprice,
  listRepricings,
  undoReprice,
  explainUsageEvent,
  listTaskEvents,
];
