import type { Coverage, RunItem, UsageObservation, UsageTotals } from "./types.ts";
import { addCounts, equalCounts, isZero, largerCounts, type UsageCounts } from "./usage-counts.ts";

/** Whose tokens a figure is about. */
export type UsageOwner = Pick<UsageTotals, "model" | "provider" | "role">;

/** What belongs to an observation beside its counts. */
export type UsageEvidence = Pick<UsageObservation, "raw"> &
  Partial<Pick<UsageObservation, "reportedCostUsd" | "reportedCostBasis">>;

/** One call may have been read elsewhere than the others: its key is its own. */
export type CallEvidence = UsageEvidence & Partial<Pick<UsageObservation, "source">>;

export type UsageLedger = {
  /**
   * Sets what (model, role) has used in this run so far. The record that is sent only grows: a
   * smaller figure changes nothing. It keeps one source wherever a figure was read from, because
   * the books take a key from one source only; `raw` shows where it stood.
   */
  raise(owner: UsageOwner, counts: UsageCounts, evidence: UsageEvidence): readonly RunItem[];
  /** Books one finished model call; a second figure with the same id is a repetition. */
  call(
    id: string,
    owner: UsageOwner,
    counts: UsageCounts,
    evidence: CallEvidence,
  ): readonly RunItem[];
  /** Lowers what the run can claim to know. The first reason of the lowest level stays. */
  degrade(level: "partial" | "none", reason: string): void;
  /** Per (model, role), in order of first appearance. */
  totals(): readonly UsageTotals[];
  coverage(): Coverage;
};

/**
 * Books what one run used. Keys are made from `scope` (a fact of the run, such as its session
 * id), role and model, so reading the same stream twice gives the same keys.
 */
export function createUsageLedger(options: {
  readonly source: string;
  readonly scope: () => string;
}): UsageLedger {
  const running = new Map<string, UsageTotals>();
  const calls = new Map<string, UsageTotals>();
  let coverage: Coverage = { level: "exact", reason: "" };

  const observation = (
    key: string,
    cumulative: boolean,
    totals: UsageTotals,
    evidence: CallEvidence,
  ): RunItem => ({
    type: "usage",
    usage: {
      ...totals,
      key,
      cumulative,
      source: evidence.source ?? options.source,
      reportedCostUsd: evidence.reportedCostUsd ?? null,
      reportedCostBasis: evidence.reportedCostBasis ?? null,
      raw: evidence.raw,
    },
  });

  return {
    raise(owner, counts, evidence) {
      const name = ownerName(owner);
      const before = running.get(name);
      const grown = before === undefined ? counts : largerCounts(before, counts);
      const hasCost = (evidence.reportedCostUsd ?? null) !== null;
      if (
        before === undefined ? isZero(grown) && !hasCost : equalCounts(before, grown) && !hasCost
      ) {
        return [];
      }
      const totals = { ...owner, ...grown };
      running.set(name, totals);
      return [observation(`${options.scope()}:${name}`, true, totals, evidence)];
    },
    call(id, owner, counts, evidence) {
      const hasCost = (evidence.reportedCostUsd ?? null) !== null;
      if (calls.has(id) || (isZero(counts) && !hasCost)) return [];
      const totals = { ...owner, ...counts };
      calls.set(id, totals);
      return [observation(`${options.scope()}:call:${id}`, false, totals, evidence)];
    },
    degrade(level, reason) {
      if (coverage.level === "none" || coverage.level === level) return;
      coverage = { level, reason };
    },
    totals() {
      const summed = new Map<string, UsageTotals>(running);
      for (const call of calls.values()) {
        const name = ownerName(call);
        const before = summed.get(name);
        summed.set(name, before === undefined ? call : { ...call, ...addCounts(before, call) });
      }
      return [...summed.values()];
    },
    coverage: () => coverage,
  };
}

function ownerName(owner: UsageOwner): string {
  return `${owner.role}:${owner.provider ?? ""}:${owner.model}`;
}
