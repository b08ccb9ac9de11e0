import type { JsonObject } from "../core/json.ts";
import type { MapperInput } from "../core/run-mapper.ts";
import type { Coverage, RunItem, UsageRole, UsageTotals } from "../core/types.ts";
import {
  addCounts,
  hasNegative,
  noUsage,
  subtractCounts,
  sumCounts,
  type UsageCounts,
} from "../core/usage-counts.ts";
import { createUsageLedger } from "../core/usage-ledger.ts";
import { codexCounts } from "./codex-counts.ts";

/** The model at work and who serves it. */
export type CodexModel = { readonly model: string; readonly provider: string | null };

export type CodexUsage = {
  /** Totals of the thread before our turn. */
  setBaseline(total: JsonObject): void;
  /** Totals of the thread while or after our turn ran. */
  observe(total: JsonObject, at: CodexModel): readonly RunItem[];
  degrade(level: "partial" | "none", reason: string): void;
  totals(): readonly UsageTotals[];
  coverage(): Coverage;
  /** Totals of the whole thread as last stated. */
  threadTotals(): UsageCounts | null;
};

/**
 * Turns the running totals of a thread into what each model of this run used. Totals go on over
 * resumed runs and mix models, so only their growth is booked, to the model that was at work.
 */
export function createCodexUsage(
  input: Pick<MapperInput, "baseline">,
  scope: () => string,
  role: UsageRole = "main",
): CodexUsage {
  const ledger = createUsageLedger({ source: "codex.tokenUsage", scope });
  const byModel = new Map<string, UsageCounts>();
  let last: UsageCounts = input.baseline === null ? noUsage : sumCounts(input.baseline);
  let stated: UsageCounts | null = null;

  const grow = (step: UsageCounts, at: CodexModel, raw: JsonObject): readonly RunItem[] => {
    const sum = addCounts(byModel.get(at.model) ?? noUsage, step);
    byModel.set(at.model, sum);
    return ledger.raise({ ...at, role }, sum, { raw });
  };

  return {
    setBaseline(total) {
      last = codexCounts(total);
      stated = last;
    },
    observe(total, at) {
      const current = codexCounts(total);
      const step = subtractCounts(current, last);
      last = current;
      stated = current;
      if (!hasNegative(step)) return grow(step, at, total);
      ledger.degrade("partial", wrongBaseline);
      const known = byModel.size === 0;
      return [
        { type: "log", level: "warn", message: wrongBaseline },
        ...(known ? grow(current, at, total) : []),
      ];
    },
    degrade: (level, reason) => ledger.degrade(level, reason),
    totals: () => ledger.totals(),
    coverage: () => ledger.coverage(),
    threadTotals: () => stated,
  };
}

const wrongBaseline =
  "The thread's totals shrank, so what earlier runs had used is not known for certain.";
