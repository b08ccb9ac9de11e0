import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { Reactions } from "./command.ts";
import type {
  Actor,
  AcrossWorkspaces,
  RequestFacts,
  Services,
  WorkspaceContext,
} from "./context.ts";
import {
  type Database,
  isRetryableDatabaseError,
  setWorkspace,
  type Transaction,
} from "./database.ts";
import { runTransaction } from "./run-transaction.ts";
import { workInWorkspace } from "./workspace-work.ts";

/** Rings the feed of a workspace after a commit that appended changes. */
export type CommitListener = (workspaceId: WorkspaceId, cursor: number) => void;

export type TransactionRunner = {
  /** Opens one transaction in one workspace, resolves the actor in it, runs, reacts, appends, commits. */
  inWorkspace<T>(request: WorkspaceTransaction<T>): Promise<{ value: T; cursor: number | null }>;
  /** Opens one transaction for what belongs to no workspace and is told in several. */
  acrossWorkspaces(request: RequestFacts, work: AcrossWorkspaces): Promise<void>;
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

export function createTransactionRunner(parts: RunnerParts): TransactionRunner {
  return {
    inWorkspace: (transaction) => attempt(() => runOnce(parts, transaction)),
    acrossWorkspaces: (request, work) => attempt(() => runAcrossOnce(parts, request, work)),
  };
}

async function attempt<T>(once: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await once();
    } catch (error) {
      if (count >= maxAttempts || !isRetryableDatabaseError(error)) throw error;
    }
  }
}

async function runOnce<T>(
  parts: RunnerParts,
  { workspaceId, mode, request, resolveActor, run }: WorkspaceTransaction<T>,
): Promise<{ value: T; cursor: number | null }> {
  const effects: (() => void)[] = [];
  const options = mode === "read" ? "isolation level repeatable read read only" : "";
  const outcome = await runTransaction(parts.database.pool, options, async (tx) => {
    // Statements of one connection run in order, so the first of the handler need not wait for this.
    const bound = started(setWorkspace(tx, workspaceId));
    const actor = await resolveActor(tx);
    const place = { tx, workspaceId, actor, request, effects };
    const { value, append } = await workInWorkspace(parts, place, run);
    await bound;
    // The commit follows at its heels: while the counter is locked nobody waits for this process.
    return { value, appended: started(append()) };
  });
  // When appending failed, the commit has undone everything, and this says why.
  const cursor = await outcome.appended;
  for (const effect of effects) effect();
  if (cursor !== null) parts.onCommit(workspaceId, cursor);
  return { value: outcome.value, cursor };
}

/**
 * Each statement is of one workspace. Counters stay locked until the commit, so they are taken last,
 * and in the order of their workspaces' ids: of two such transactions neither waits for the other.
 */
async function runAcrossOnce(
  parts: RunnerParts,
  request: RequestFacts,
  { begin, inEach }: AcrossWorkspaces,
): Promise<void> {
  const effects: (() => void)[] = [];
  const cursors = await runTransaction(parts.database.pool, "", async (tx) => {
    const places = (await begin(tx)).toSorted(byWorkspace);
    const done: { workspaceId: WorkspaceId; append: () => Promise<number | null> }[] = [];
    for (const { workspaceId, actor } of places) {
      await setWorkspace(tx, workspaceId);
      const place = { tx, workspaceId, actor, request, effects };
      const { append } = await workInWorkspace(parts, place, inEach);
      done.push({ workspaceId, append });
    }
    const appended: { workspaceId: WorkspaceId; cursor: number | null }[] = [];
    for (const { workspaceId, append } of done) {
      await setWorkspace(tx, workspaceId);
      appended.push({ workspaceId, cursor: await append() });
    }
    return appended;
  });
  for (const effect of effects) effect();
  for (const { workspaceId, cursor } of cursors)
    if (cursor !== null) parts.onCommit(workspaceId, cursor);
}

function byWorkspace(
  left: { readonly workspaceId: WorkspaceId },
  right: { readonly workspaceId: WorkspaceId },
): number {
  return left.workspaceId < right.workspaceId ? -1 : 1;
}

/** A promise that is looked at later; until then its failure is nobody's unhandled one. */
function started<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
