import type {
  ChangeAudience,
  ChangeDataOf,
  ChangeType,
} from "@headcount/contract/realtime/changes";
import type {
  AgentId,
  DaemonId,
  SessionId,
  TaskId,
  UserId,
  WorkspaceId,
} from "@headcount/contract/kit/ids";
import type { Role } from "@headcount/contract/workspaces/schemas";
import type { Sql, Transaction } from "./database.ts";
import type { Log } from "./log.ts";
import type { Secrets } from "./secrets.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Signal } from "../realtime/signals.ts";

/** Who a request's credential proves, before any workspace is looked at. */
export type Principal =
  | { readonly kind: "anonymous" }
  | {
      readonly kind: "user";
      readonly userId: UserId;
      readonly isInstanceAdmin: boolean;
      /** Set for browser sessions, null for personal tokens. */
      readonly sessionId: SessionId | null;
    }
  | {
      readonly kind: "task";
      readonly workspaceId: WorkspaceId;
      readonly taskId: TaskId;
      readonly lease: number;
      readonly agentId: AgentId;
      readonly originatorId: UserId | null;
    }
  | { readonly kind: "daemon"; readonly daemonId: DaemonId; readonly userId: UserId };

/** Who acts inside a workspace. */
export type Actor =
  | { readonly kind: "member"; readonly userId: UserId; readonly role: Role }
  | {
      readonly kind: "agent";
      readonly agentId: AgentId;
      readonly taskId: TaskId;
      readonly lease: number;
      /** Human whose rights the agent acts under; null only when nobody is known. */
      readonly originatorId: UserId | null;
      /** The originator's role, `member` rights when the originator has left. */
      readonly role: Role;
    }
  | { readonly kind: "daemon"; readonly daemonId: DaemonId; readonly userId: UserId }
  | { readonly kind: "system"; readonly job: string };

/** A fact to be appended to the workspace's change log when the transaction commits. */
export type NewChange<T extends ChangeType = ChangeType> = T extends ChangeType
  ? {
      readonly type: T;
      readonly entity: { readonly kind: string; readonly id: string; readonly revision?: number };
      readonly changed?: readonly string[];
      readonly data: ChangeDataOf<T>;
      /** Everybody in the workspace unless stated. */
      readonly audience?: ChangeAudience;
    }
  : never;

export type AuditEntry = {
  readonly action: string;
  readonly target: string;
  readonly details?: Record<string, unknown>;
};

/** Parts of the running server that handlers may use. */
export type Services = {
  readonly secrets: Secrets;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly publicUrl: () => string;
  readonly now: () => Date;
  readonly newId: <Id extends string>() => Id;
  /** Wakes feeds and daemons, here and in other processes. Call it after the commit. */
  readonly signal: (signal: Signal) => void;
  /** Hears signals of all processes, any of which may be lost. @returns what ends that */
  readonly onSignal: (listener: (signal: Signal) => void) => () => void;
  /** Fixed facts of this installation. */
  readonly instance: {
    readonly signUp: "invite_only" | "open" | "closed";
    /** A lost machine may come back for this long before its runs count as lost. */
    readonly reconnectGraceMs: number;
    /** Null when nothing of this server is kept in files. */
    readonly dataDirectory: string | null;
    /** Hosts that may be read from although their addresses are not public. */
    readonly importHosts: readonly string[];
    /** Where notifications between processes are listened for. */
    readonly listenUrl: string;
  };
};

/**
 * What a command or query inside one workspace sees: one transaction bound to the tenant, the
 * actor, time, ids, and the ways to say what changed.
 */
export type WorkspaceContext = {
  readonly actor: Actor;
  readonly workspaceId: WorkspaceId;
  readonly sql: Transaction;
  /** Start of this attempt of the transaction; the same for everything it writes. */
  readonly now: Date;
  readonly newId: <Id extends string>() => Id;
  /** Appends a change in this transaction and runs its reactions before the commit. */
  readonly emit: <T extends ChangeType>(change: NewChange<T>) => void;
  readonly audit: (entry: AuditEntry) => Promise<void>;
  /** Runs once the transaction has committed; never when it rolled back. Must not throw. */
  readonly afterCommit: (effect: () => void) => void;
  /** Has something done at the end of the transaction, together with what else it is to be done for. */
  readonly beforeCommit: <Item>(work: FinalWork<Item>, item: Item) => void;
  readonly services: Services;
  readonly request: RequestFacts;
};

/**
 * Work that locks what many transactions want: it comes last, after every reaction, once for all
 * items. What it emits has its reactions as well.
 */
export type FinalWork<Item> = {
  readonly name: string;
  readonly run: (ctx: WorkspaceContext, items: readonly Item[]) => Promise<void>;
};

/** Facts of the HTTP request that some handlers need; empty for jobs. */
export type RequestFacts = {
  readonly ipPrefix: string | null;
  readonly userAgent: string;
};

/**
 * Work that many requests ask for at once and that one transaction can do for all of them. Items
 * that arrive while a transaction of the same workspace runs are taken together by the next one, so
 * what is read for an item was begun after it had arrived.
 */
export type GroupedWork<Item, Result> = {
  readonly name: string;
  /** `read` runs in one read-only snapshot; `write` unless stated. */
  readonly mode?: "read" | "write";
  /** Most items of one transaction; a single request may bring more. */
  readonly mostItems: number;
  /**
   * Transactions of one workspace at the same time; 1 unless stated. With two of them the process
   * prepares one while the database works on the other.
   */
  readonly atOnce?: number;
  /**
   * Items that have to wait before another transaction is worth its fixed cost; 0 unless stated.
   * Below that they wait for the one that runs.
   */
  readonly enoughForAnother?: number;
  /** Answers every item, in order. */
  readonly run: (ctx: WorkspaceContext, items: readonly Item[]) => Promise<readonly Result[]>;
};

export type GroupCommit = <Item, Result>(
  work: GroupedWork<Item, Result>,
  workspaceId: WorkspaceId,
  items: readonly Item[],
) => Promise<readonly Result[]>;

/** What belongs to no workspace, such as a person, and is told in every workspace that it concerns. */
export type AcrossWorkspaces = {
  /** Writes global tables. @returns where that is to be told, and as whom */
  readonly begin: (
    tx: Transaction,
  ) => Promise<readonly { readonly workspaceId: WorkspaceId; readonly actor: Actor }[]>;
  /** Tells it in each of them, one after another, in the same transaction. */
  readonly inEach: (ctx: WorkspaceContext) => Promise<void>;
};

/** What a handler outside of a workspace sees. It opens workspace transactions one by one. */
export type GlobalContext = {
  readonly principal: Principal;
  /** The pool: statements on global tables, each for itself. */
  readonly sql: Sql;
  readonly transaction: <T>(run: (tx: Transaction) => Promise<T>) => Promise<T>;
  /** One transaction in one workspace, with reactions and change log, as `actor`. */
  readonly inWorkspace: <T>(
    workspaceId: WorkspaceId,
    actor: Actor,
    run: (ctx: WorkspaceContext) => Promise<T>,
  ) => Promise<T>;
  /** One transaction outside of any workspace that goes into several to tell what it changed. */
  readonly acrossWorkspaces: (work: AcrossWorkspaces) => Promise<void>;
  /** Does work for many requests in one transaction, by nobody's rights but its own checks. */
  readonly together: GroupCommit;
  readonly now: Date;
  readonly newId: <Id extends string>() => Id;
  readonly services: Services;
  readonly request: RequestFacts;
  /** Sets or clears (null) the session cookie of the reply. */
  readonly setSessionCookie: (secret: string | null, expiresAt?: Date) => void;
};

/** The human whose rights decide, or null when nobody is known. */
export function effectiveUserId(actor: Actor): UserId | null {
  switch (actor.kind) {
    case "member":
    case "daemon":
      return actor.userId;
    case "agent":
      return actor.originatorId;
    case "system":
      return null;
  }
}
