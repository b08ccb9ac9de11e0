import type { AgentId, IssueId, TaskId } from "@headcount/contract/kit/ids";
import { addTokens, subtractTokens, zeroTokens } from "@headcount/domain/usage/token-counts";
import {
  type Contribution,
  contributionOf,
  type LedgerEvent,
  unknownProvider,
} from "./ledger-part.ts";

/** What one row of `usage_rollups` changes by. */
export type RollupChange = Contribution & {
  readonly bucketAt: Date;
  readonly agentId: AgentId;
  readonly provider: string;
  readonly model: string;
  readonly lastUsedAt: Date;
};

/** What one row of `usage_by_task` changes by. */
export type TaskSumChange = Contribution & {
  readonly taskId: TaskId;
  readonly issueId: IssueId;
  readonly provider: string;
  readonly model: string;
  readonly lastUsedAt: Date;
};

/** An event before and after a transaction. */
export type EventChange = { readonly before: LedgerEvent | null; readonly after: LedgerEvent };

const nothing: Contribution = {
  events: 0n,
  tokens: zeroTokens,
  costPico: 0n,
  pricedEvents: 0n,
  unpricedTokens: 0n,
};

/** The net change of both sums, one entry per row that changes. */
export function netChange(changes: readonly EventChange[]): {
  readonly rollups: readonly RollupChange[];
  readonly taskSums: readonly TaskSumChange[];
} {
  const rollups = new Map<string, RollupChange>();
  const taskSums = new Map<string, TaskSumChange>();
  const book = (event: LedgerEvent, sign: 1 | -1): void => {
    const { agentId, taskId, issueId, model } = event;
    const provider = event.provider ?? unknownProvider;
    for (const part of event.parts) {
      const amount = contributionOf(part);
      const { bucketAt, usedAt } = part;
      const bucketKey = JSON.stringify([bucketAt.getTime(), agentId, provider, model]);
      const rollup = rollups.get(bucketKey);
      rollups.set(bucketKey, {
        bucketAt,
        agentId,
        provider,
        model,
        lastUsedAt: later(rollup?.lastUsedAt, usedAt),
        ...plus(rollup ?? nothing, amount, sign),
      });
      const taskKey = JSON.stringify([taskId, provider, model]);
      const sum = taskSums.get(taskKey);
      taskSums.set(taskKey, {
        taskId,
        issueId,
        provider,
        model,
        lastUsedAt: later(sum?.lastUsedAt, usedAt),
        ...plus(sum ?? nothing, amount, sign),
      });
    }
  };
  for (const { before, after } of changes) {
    if (before) book(before, -1);
    book(after, 1);
  }
  return {
    rollups: [...rollups.values()].filter(isChange),
    taskSums: [...taskSums.values()].filter(isChange),
  };
}

function later(known: Date | undefined, usedAt: Date): Date {
  return known !== undefined && known > usedAt ? known : usedAt;
}

function plus(sum: Contribution, amount: Contribution, sign: 1 | -1): Contribution {
  const factor = BigInt(sign);
  return {
    events: sum.events + factor * amount.events,
    tokens:
      sign === 1 ? addTokens(sum.tokens, amount.tokens) : subtractTokens(sum.tokens, amount.tokens),
    costPico: sum.costPico + factor * amount.costPico,
    pricedEvents: sum.pricedEvents + factor * amount.pricedEvents,
    unpricedTokens: sum.unpricedTokens + factor * amount.unpricedTokens,
  };
}

function isChange(change: Contribution): boolean {
  const { events, tokens, costPico, pricedEvents, unpricedTokens } = change;
  const figures = [events, costPico, pricedEvents, unpricedTokens, ...Object.values(tokens)];
  return figures.some((figure) => figure !== 0n);
}
