import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { ChangeType } from "@headcount/contract/realtime/changes";
import { appendChanges, actorColumns } from "./append-changes.ts";
import type { Reaction, Reactions } from "./command.ts";
import {
  type Actor,
  type AuditEntry,
  effectiveUserId,
  type FinalWork,
  type NewChange,
  type RequestFacts,
  type Services,
  type WorkspaceContext,
} from "./context.ts";
import {
  type Database,
  isRetryableDatabaseError,
  setWorkspace,
  type Transaction,
} from "./database.ts";
import { runTransaction } from "./run-transaction.ts";

/** Rings the feed of a workspace after a commit that appended changes. */
export type CommitListener = (workspaceId: WorkspaceId, cursor: number) => void;

export type TransactionRunner = {
  /** Opens one transaction in one workspace, resolves the actor in it, runs, reacts, appends, commits. */
  inWorkspace<T>(request: WorkspaceTransaction<T>): Promise<{ value: T; cursor: number | null }>;
};

export type WorkspaceTransaction<T> = {
  readonly workspaceId: WorkspaceId;
  readonly mode: "read" | "write";
  readonly request: RequestFacts;
  /** Reads membership and access inside the transaction, so that rights and writes share a snapshot. */
  readonly resolveActor: (tx: Transaction) => Promise<Actor>;
  readonly run: (ctx: WorkspaceContext) => Promise<T>;
};

type RunnerParts = {
  readonly database: Database;
  readonly services: Services;
  readonly reactions: Reactions;
  readonly onCommit: CommitListener;
};

const maxAttempts = 6;
/** A chain of reactions longer than this is a cycle. */
const maxChangesPerTransaction = 5_000;

export function createTransactionRunner(parts: RunnerParts): TransactionRunner {
  return {
    async inWorkspace(transaction) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await attemptOnce(parts, transaction);
        } catch (error) {
          if (attempt >= maxAttempts || !isRetryableDatabaseError(error)) throw error;
        }
      }
    },
  };
}

async function attemptOnce<T>(
  parts: RunnerParts,
  transaction: WorkspaceTransaction<T>,
): Promise<{ value: T; cursor: number | null }> {
  const effects: (() => void)[] = [];
  const options = transaction.mode === "read" ? "isolation level repeatable read read only" : "";
  const outcome = await runTransaction(parts.database.pool, options, async (tx) => {
    // Statements of one connection run in order, so the first of the handler need not wait for this.
    const bound = started(setWorkspace(tx, transaction.workspaceId));
    const actor = await transaction.resolveActor(tx);
    const changes: NewChange[] = [];
    const finalWork: FinalItems = new Map();
    const ctx = createContext(parts, transaction, { tx, actor, changes, effects, finalWork });
    const value = await transaction.run(ctx);
    await finish(parts.reactions, ctx, changes, finalWork);
    await bound;
    // The commit follows at its heels: while the counter is locked nobody waits for this process.
    return { value, appended: started(appendChanges(ctx, changes)) };
  });
  // When appending failed, the commit has undone everything, and this says why.
  const cursor = await outcome.appended;
  for (const effect of effects) effect();
  if (cursor !== null) parts.onCommit(transaction.workspaceId, cursor);
  return { value: outcome.value as T, cursor };
}

/** A promise that is looked at later; until then its failure is nobody's unhandled one. */
function started<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** What is to be done at the end, for whom, in the order in which it was first asked for. */
type FinalItems = Map<FinalWork<unknown>, unknown[]>;

type Attempt = {
  readonly tx: Transaction;
  readonly actor: Actor;
  readonly changes: NewChange[];
  readonly effects: (() => void)[];
  readonly finalWork: FinalItems;
};

function createContext(
  parts: RunnerParts,
  transaction: WorkspaceTransaction<unknown>,
  attempt: Attempt,
): WorkspaceContext {
  const now = parts.services.now();
  const { newId } = parts.services;
  return {
    actor: attempt.actor,
    workspaceId: transaction.workspaceId,
    sql: attempt.tx,
    now,
    newId,
    emit: (change) => {
      attempt.changes.push(change as NewChange);
    },
    audit: (entry) => writeAudit(attempt, transaction, entry, { now, newId }),
    afterCommit: (effect) => {
      attempt.effects.push(effect);
    },
    beforeCommit: (work, item) => {
      // Items of one work are all of the type that it takes; the map forgets which.
      const key = work as FinalWork<unknown>;
      const items = attempt.finalWork.get(key);
      if (items) items.push(item);
      else attempt.finalWork.set(key, [item]);
    },
    services: parts.services,
    request: transaction.request,
  };
}

async function writeAudit(
  attempt: Attempt,
  transaction: WorkspaceTransaction<unknown>,
  entry: AuditEntry,
  made: Pick<WorkspaceContext, "now" | "newId">,
): Promise<void> {
  const actor = actorColumns(attempt.actor);
  await attempt.tx`
    insert into audit_entries (workspace_id, id, at, actor_type, actor_id, effective_user_id,
      action, target, ip_prefix, details)
    values (${transaction.workspaceId}, ${made.newId()}, ${made.now}, ${actor.type}, ${actor.id},
      ${effectiveUserId(attempt.actor)}, ${entry.action}, ${entry.target},
      ${transaction.request.ipPrefix}, ${attempt.tx.json((entry.details ?? {}) as never)})`;
}

/** Reactions, then what comes last, then reactions to that, until nothing is left. */
async function finish(
  reactions: Reactions,
  ctx: WorkspaceContext,
  changes: readonly NewChange[],
  finalWork: FinalItems,
): Promise<void> {
  let seen = await runReactions(reactions, ctx, changes, 0);
  while (finalWork.size > 0) {
    const due = [...finalWork];
    finalWork.clear();
    for (const [work, items] of due) await work.run(ctx, items);
    seen = await runReactions(reactions, ctx, changes, seen);
  }
}

/**
 * Reactions may emit further changes; the loop sees them because it walks the growing list.
 * @returns how many changes have had their reactions
 */
async function runReactions(
  reactions: Reactions,
  ctx: WorkspaceContext,
  changes: readonly NewChange[],
  from: number,
): Promise<number> {
  for (let index = from; index < changes.length; index += 1) {
    if (index > maxChangesPerTransaction) throw new Error("Reactions do not come to an end");
    const change = changes[index];
    if (!change) break;
    const list = (reactions[change.type] ?? []) as readonly Reaction<ChangeType>[];
    for (const react of list) await react(ctx, change);
  }
  return changes.length;
}
