import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { ChangeType } from "@headcount/contract/realtime/changes";
import { actorColumns, appendChanges } from "./append-changes.ts";
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
import type { Transaction } from "./database.ts";

/** A chain of reactions longer than this is a cycle. */
const maxChangesPerTransaction = 5_000;

/** Where and by whom work is done inside of a transaction. */
export type WorkspacePlace = {
  readonly tx: Transaction;
  readonly workspaceId: WorkspaceId;
  readonly actor: Actor;
  readonly request: RequestFacts;
  /** Run by whoever commits the transaction. */
  readonly effects: (() => void)[];
};

type WorkParts = { readonly services: Services; readonly reactions: Reactions };

/**
 * Runs `run` in a transaction that is bound to the workspace, then what follows from its changes.
 * @returns its value, and what appends its changes: the last that a transaction does in a workspace
 */
export async function workInWorkspace<T>(
  { services, reactions }: WorkParts,
  place: WorkspacePlace,
  run: (ctx: WorkspaceContext) => Promise<T>,
): Promise<{ value: T; append: () => Promise<number | null> }> {
  const changes: NewChange[] = [];
  const finalWork: FinalItems = new Map();
  const ctx = createContext(services, place, { changes, finalWork });
  const value = await run(ctx);
  await finish(reactions, ctx, changes, finalWork);
  return { value, append: () => appendChanges(ctx, changes) };
}

/** What is to be done at the end, for whom, in the order in which it was first asked for. */
type FinalItems = Map<FinalWork<unknown>, unknown[]>;

/** What the work has asked for so far. */
type Asked = { readonly changes: NewChange[]; readonly finalWork: FinalItems };

function createContext(
  services: Services,
  place: WorkspacePlace,
  { changes, finalWork }: Asked,
): WorkspaceContext {
  const now = services.now();
  const { newId } = services;
  return {
    actor: place.actor,
    workspaceId: place.workspaceId,
    sql: place.tx,
    now,
    newId,
    emit: (change) => {
      changes.push(change as NewChange);
    },
    audit: (entry) => writeAudit(place, entry, { now, newId }),
    afterCommit: (effect) => {
      place.effects.push(effect);
    },
    beforeCommit: (work, item) => {
      // Items of one work are all of the type that it takes; the map forgets which.
      const key = work as FinalWork<unknown>;
      const items = finalWork.get(key);
      if (items) items.push(item);
      else finalWork.set(key, [item]);
    },
    services,
    request: place.request,
  };
}

async function writeAudit(
  place: WorkspacePlace,
  entry: AuditEntry,
  made: Pick<WorkspaceContext, "now" | "newId">,
): Promise<void> {
  const actor = actorColumns(place.actor);
  await place.tx`
    insert into audit_entries (workspace_id, id, at, actor_type, actor_id, effective_user_id,
      action, target, ip_prefix, details)
    values (${place.workspaceId}, ${made.newId()}, ${made.now}, ${actor.type}, ${actor.id},
      ${effectiveUserId(place.actor)}, ${entry.action}, ${entry.target},
      ${place.request.ipPrefix}, ${place.tx.json((entry.details ?? {}) as never)})`;
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
