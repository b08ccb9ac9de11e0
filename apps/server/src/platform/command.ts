import type { ChangeType } from "@headcount/contract/realtime/changes";
import type { OutputOf, ParsedInputOf, Route } from "@headcount/contract/kit/route";
import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { WorkspaceFeed } from "../realtime/workspace-feed.ts";
import type {
  Actor,
  GlobalContext,
  GroupCommit,
  NewChange,
  Services,
  WorkspaceContext,
} from "./context.ts";

type Promised<T> = T | Promise<T>;

/** What a handler may return: the output's input shape, checked against the route on the way out. */
type Reply<R extends Route> = Promised<OutputOf<R>>;

type WorkspaceRun<R extends Route> = (
  ctx: WorkspaceContext,
  input: ParsedInputOf<R>,
) => Promise<unknown>;

export type WorkspaceHandler<R extends Route = Route> = {
  readonly kind: "workspace";
  readonly route: R;
  /** `write` appends changes and runs reactions; `read` runs in a read-only transaction. */
  readonly mode: "read" | "write";
  readonly run: WorkspaceRun<R>;
  /** What is read first, in the transaction that authorises the caller, for `prepare`. */
  readonly look: WorkspaceRun<R> | null;
  /**
   * What is fetched or worked out next, without a transaction. It resolves to what runs in the place
   * of `run`.
   */
  readonly prepare:
    | ((services: Services, input: ParsedInputOf<R>, looked: unknown) => Promise<WorkspaceRun<R>>)
    | null;
  /** The reply as a table, for callers who ask for CSV. */
  readonly csv: ((reply: OutputOf<R>) => string) | null;
};

export type GlobalHandler<R extends Route = Route> = {
  readonly kind: "global";
  readonly route: R;
  readonly run: (ctx: GlobalContext, input: ParsedInputOf<R>) => Promise<unknown>;
};

/** A read that waits, for something to happen or for its turn: authorised in a short transaction, run without one. */
export type WaitingHandler<R extends Route = Route> = {
  readonly kind: "waiting";
  readonly route: R;
  readonly run: (ctx: WaitingContext, input: ParsedInputOf<R>) => Promise<unknown>;
};

export type WaitingContext = {
  readonly workspaceId: WorkspaceId;
  readonly actor: Actor;
  /** Reads for many callers in one transaction, by nobody's rights but its own checks. */
  readonly together: GroupCommit;
  readonly services: Services;
  readonly feed: WorkspaceFeed;
};

/** What another system sends: the body as it came, since it is signed as a whole. */
export type Delivery = {
  /** Null where it was not sent. */
  readonly header: (name: string) => string | null;
  /** Reads all of it; the route's limit holds. */
  readonly body: () => Promise<Buffer>;
};

export type DeliveryAnswer<Reply = unknown> = {
  /** 202: understood, and nothing is done with it. */
  readonly status: 200 | 202;
  readonly reply: Reply;
};

/** Takes what another system sends. Only the path is parsed; the handler reads the rest. */
export type DeliveryHandler<R extends Route = Route> = {
  readonly kind: "delivery";
  readonly route: R;
  readonly run: (
    ctx: GlobalContext,
    input: ParsedInputOf<R>,
    delivery: Delivery,
  ) => Promise<DeliveryAnswer>;
};

export type Handler = WorkspaceHandler | GlobalHandler | WaitingHandler | DeliveryHandler;

/**
 * A write inside the workspace of the path. The kit does, in this order: transaction → authorise
 * by the route's access rule → parse, so that strangers learn nothing from what is refused → `run`
 * → reactions → append changes → commit. After a serialisation failure all of it runs again.
 */
export function command<R extends Route>(
  route: R,
  run: (ctx: WorkspaceContext, input: ParsedInputOf<R>) => Reply<R>,
): Handler {
  return {
    kind: "workspace",
    mode: "write",
    route,
    look: null,
    prepare: null,
    run: run as WorkspaceHandler["run"],
    csv: null,
  };
}

/** The steps of a write that needs something slow first. */
export type CommandSteps<R extends Route, Looked, Prepared> = {
  /** Reads what the slow step needs, in the transaction that authorises the caller. */
  readonly look: (ctx: WorkspaceContext, input: ParsedInputOf<R>) => Promise<Looked>;
  /** Waits for others, without a transaction. */
  readonly prepare: (
    services: Services,
    input: ParsedInputOf<R>,
    looked: Looked,
  ) => Promise<Prepared>;
  readonly run: (ctx: WorkspaceContext, input: ParsedInputOf<R>, prepared: Prepared) => Reply<R>;
};

/**
 * A write that needs something slow first, such as what another server answers. The caller is
 * authorised in a transaction of its own, then `prepare` runs without one, then all of a command.
 */
export function preparedCommand<R extends Route, Prepared>(
  route: R,
  prepare: (services: Services, input: ParsedInputOf<R>) => Promise<Prepared>,
  run: (ctx: WorkspaceContext, input: ParsedInputOf<R>, prepared: Prepared) => Reply<R>,
): Handler {
  return steppedCommand(route, { look: () => Promise.resolve(null), prepare, run });
}

/** The same for a write whose slow step depends on what is stored. */
export function steppedCommand<R extends Route, Looked, Prepared>(
  route: R,
  { look, prepare, run }: CommandSteps<R, Looked, Prepared>,
): Handler {
  const prepareRun = async (
    services: Services,
    input: ParsedInputOf<R>,
    looked: Looked,
  ): Promise<(ctx: WorkspaceContext, input: ParsedInputOf<R>) => Reply<R>> => {
    const prepared = await prepare(services, input, looked);
    return (ctx, parsed) => run(ctx, parsed, prepared);
  };
  return {
    kind: "workspace",
    mode: "write",
    route,
    run: () => Promise.reject(new Error(`${route.name} was not prepared`)),
    look: look as WorkspaceHandler["look"],
    prepare: prepareRun as WorkspaceHandler["prepare"],
    csv: null,
  };
}

/**
 * A read inside the workspace of the path, in one read-only snapshot. With `csv`, callers who say
 * `format=csv` or `Accept: text/csv` get the same reply as a table; the route's input has `format`.
 */
export function query<R extends Route>(
  route: R,
  run: (ctx: WorkspaceContext, input: ParsedInputOf<R>) => Reply<R>,
  csv?: (reply: OutputOf<R>) => string,
): Handler {
  return {
    kind: "workspace",
    mode: "read",
    route,
    look: null,
    prepare: null,
    run: run as WorkspaceHandler["run"],
    csv: (csv ?? null) as WorkspaceHandler["csv"],
  };
}

/** A handler outside of any one workspace: sign-in, account, daemons. */
export function globalHandler<R extends Route>(
  route: R,
  run: (ctx: GlobalContext, input: ParsedInputOf<R>) => Reply<R>,
): Handler {
  return { kind: "global", route, run: run as GlobalHandler["run"] };
}

/** What another system sends, with a body of its own form. */
export function deliveryHandler<R extends Route>(
  route: R,
  run: (
    ctx: GlobalContext,
    input: ParsedInputOf<R>,
    delivery: Delivery,
  ) => Promise<DeliveryAnswer<OutputOf<R>>>,
): Handler {
  return { kind: "delivery", route, run: run as DeliveryHandler["run"] };
}

/** A read inside a workspace that may wait for something to happen, or be answered together with others. */
export function waitingQuery<R extends Route>(
  route: R,
  run: (ctx: WaitingContext, input: ParsedInputOf<R>) => Reply<R>,
): Handler {
  return { kind: "waiting", route, run: run as WaitingHandler["run"] };
}

/** What must follow a change in the same transaction: database only, fast. */
export type Reaction<T extends ChangeType> = (
  ctx: WorkspaceContext,
  change: Extract<NewChange, { type: T }>,
) => Promise<void>;

/** "When this happens, that follows", by change type. */
export type Reactions = { readonly [T in ChangeType]?: readonly Reaction<T>[] };
