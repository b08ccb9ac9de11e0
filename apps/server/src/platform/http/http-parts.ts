import type { Context } from "hono";
import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { WorkspaceFeed } from "../../realtime/workspace-feed.ts";
import type { Authenticator } from "../authenticate.ts";
import type { GroupCommit, Principal, Services } from "../context.ts";
import type { Database } from "../database.ts";
import type { TransactionRunner } from "../transactions.ts";

/** What requests are answered with. */
export type HttpParts = {
  readonly database: Database;
  readonly services: Services;
  readonly runner: TransactionRunner;
  readonly together: GroupCommit;
  readonly authenticate: Authenticator;
  /** Workspace id by slug or id; null when there is none. */
  readonly findWorkspaceId: (slugOrId: string) => Promise<WorkspaceId | null>;
  readonly feed: WorkspaceFeed;
  readonly secureCookies: () => boolean;
  readonly isAllowedOrigin: (origin: string) => boolean;
};

/** What a request carries on its way. */
export type RequestEnv = { Variables: { requestId: string; invalidStatus: 400 | undefined } };

export type RequestContext = Context<RequestEnv>;

/** A request whose sender is known; `raw` is what it asks for, not checked yet. */
export type ReadRequest = {
  readonly c: RequestContext;
  readonly principal: Principal;
  readonly raw: Record<string, unknown>;
};
