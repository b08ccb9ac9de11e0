import type {
  IssueId,
  ProjectId,
  RuntimeId,
  TaskId,
  UserId,
  AgentId,
} from "@headcount/contract/kit/ids";
import type { LedgerRow } from "@headcount/domain/usage/apply-usage";
import { chooseCost } from "@headcount/domain/usage/choose-cost";
import {
  addTokens,
  type TokenCounts,
  totalTokens,
  zeroTokens,
} from "@headcount/domain/usage/token-counts";

/** What every row of the ledger is booked to, as it was when the usage was booked. */
export type UsageDimensions = {
  readonly taskId: TaskId;
  readonly lease: number;
  readonly issueId: IssueId;
  readonly projectId: ProjectId | null;
  readonly agentId: AgentId;
  readonly runtimeId: RuntimeId | null;
  /** Person to whom the cost is booked. */
  readonly memberId: UserId | null;
};

/** One row of the ledger: what an event used inside one bucket. */
export type LedgerPart = {
  readonly bucketAt: Date;
  readonly usedAt: Date;
  readonly tokens: TokenCounts;
  readonly pricedPico: bigint;
  readonly unpricedTokens: bigint;
  readonly reportedPico: bigint | null;
  readonly reportedBasis: "billed" | "estimated" | null;
  readonly priceId: string | null;
  readonly isEstimate: boolean;
  readonly raw: unknown;
};

/** Everything that stands under one event key. */
export type LedgerEvent = UsageDimensions & {
  readonly key: string;
  readonly provider: string | null;
  readonly model: string;
  readonly role: string;
  readonly source: string;
  readonly cumulative: boolean;
  readonly revision: bigint;
  /** By bucket, oldest first; never empty. */
  readonly parts: readonly LedgerPart[];
};

/** Providers that a CLI does not name are stored under this name. */
export const unknownProvider = "unknown";

/** The event as a whole, as the rules of the ledger see it. */
export function wholeOf(event: LedgerEvent): LedgerRow {
  const { provider, model, source, cumulative, revision, parts } = event;
  const reported = parts.flatMap((part) => part.reportedPico ?? []);
  return {
    provider,
    model,
    source,
    cumulative,
    revision,
    tokens: parts.reduce((sum, part) => addTokens(sum, part.tokens), zeroTokens),
    pricedPico: parts.reduce((sum, part) => sum + part.pricedPico, 0n),
    unpricedTokens: parts.reduce((sum, part) => sum + part.unpricedTokens, 0n),
    reportedPico: reported.length === 0 ? null : reported.reduce((a, b) => a + b, 0n),
    reportedBasis: parts.at(-1)?.reportedBasis ?? null,
  };
}

/** What a row of the ledger adds to every sum. */
export type Contribution = {
  readonly events: bigint;
  readonly tokens: TokenCounts;
  readonly costPico: bigint;
  /** Rows whose cost is known. */
  readonly pricedEvents: bigint;
  readonly unpricedTokens: bigint;
};

/** The cost of a row that counts; null when nothing is known about it. */
export function countedPico(part: LedgerPart): bigint | null {
  const cost = chooseCost(part);
  const isEmpty = totalTokens(part.tokens) === 0n && part.reportedPico === null;
  return cost.basis === "unpriced" || isEmpty ? null : cost.countedPico;
}

export function contributionOf(part: LedgerPart): Contribution {
  const cost = countedPico(part);
  return {
    events: 1n,
    tokens: part.tokens,
    costPico: cost ?? 0n,
    pricedEvents: cost === null ? 0n : 1n,
    unpricedTokens: chooseCost(part).unpricedTokens,
  };
}
