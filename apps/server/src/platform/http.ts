import { randomUUID } from "node:crypto";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { type ErrorBody, httpStatusOf } from "@headcount/contract/kit/error";
import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { Route } from "@headcount/contract/kit/route";
import { AppError } from "./app-error.ts";
import type { Authenticator } from "./authenticate.ts";
import { authoriseGlobal, resolveActor } from "./authorise.ts";
import type { WorkspaceFeed } from "../realtime/workspace-feed.ts";
import type { GlobalHandler, Handler, WaitingHandler, WorkspaceHandler } from "./command.ts";
import type { GlobalContext, GroupCommit, Principal, RequestFacts, Services } from "./context.ts";
import { type Database, isUnstorableValue, type Transaction } from "./database.ts";
import { withIdempotency } from "./idempotency.ts";
import { ipPrefix } from "./ip-prefix.ts";
import { parseInput } from "./parse-input.ts";
import type { TransactionRunner } from "./transactions.ts";
import { runTransaction } from "./run-transaction.ts";

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

export const sessionCookieName = "headcount_session";
const defaultBodyLimitBytes = 1024 * 1024;

type Env = { Variables: { requestId: string; invalidStatus: 400 | undefined } };

/** Binds every handler to its route and maps every error to one shape. */
export function createApi(parts: HttpParts, handlers: readonly Handler[]): Hono<Env> {
  const api = new Hono<Env>();
  api.use(async (c, next) => {
    c.set("requestId", randomUUID());
    c.header("X-Request-Id", c.get("requestId"));
    c.header("Cache-Control", "no-store");
    c.header("X-Content-Type-Options", "nosniff");
    await next();
  });
  for (const handler of handlers) mount(api, parts, handler);
  api.notFound((c) =>
    replyWithError(
      c,
      new AppError("not_found", "There is no such route.", { reason: "route.not_found" }),
      parts,
    ),
  );
  api.onError((error, c) => replyWithError(c, error, parts));
  return api;
}

function mount(api: Hono<Env>, parts: HttpParts, handler: Handler): void {
  const { method, path } = handler.route;
  const limit = bodyLimit({
    maxSize: handler.route.bodyLimitBytes ?? defaultBodyLimitBytes,
    onError: () => {
      throw new AppError("invalid", "The request body is too large.", { reason: "too_large" });
    },
  });
  api.on(method, path, timing(parts, handler.route.name), limit, async (c) => {
    c.set("invalidStatus", handler.route.invalidStatus);
    const principal = await authenticateRequest(parts, c);
    const raw = await readInput(c, handler.route);
    const result = await runHandler(parts, c, handler, principal, raw);
    const reply = handler.route.output.parse(result);
    const csv = handler.kind === "workspace" && wantsCsv(c, raw) ? handler.csv : null;
    return csv ? replyWithCsv(c, csv(reply), handler.route.name) : c.json(reply as object);
  });
}

/** Counts how long the route takes, whatever its answer. */
function timing({ services }: HttpParts, route: string): MiddlewareHandler<Env> {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const status = `${Math.floor(c.res.status / 100)}xx`;
    const seconds = (performance.now() - startedAt) / 1_000;
    services.metrics.observe("headcount_http_request_seconds", seconds, { route, status });
  };
}

function wantsCsv(c: Context<Env>, raw: Record<string, unknown>): boolean {
  if (raw["format"] !== undefined) return raw["format"] === "csv";
  const [first = ""] = (c.req.header("accept") ?? "").split(/[,;]/);
  return first.trim().toLowerCase() === "text/csv";
}

function replyWithCsv(c: Context<Env>, text: string, name: string): Response {
  return c.body(text, 200, {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="${name}.csv"`,
  });
}

function runHandler(
  parts: HttpParts,
  c: Context<Env>,
  handler: Handler,
  principal: Principal,
  raw: Record<string, unknown>,
): Promise<unknown> {
  switch (handler.kind) {
    case "workspace":
      return runWorkspaceHandler(parts, c, handler, principal, raw);
    case "waiting":
      return runWaitingHandler(parts, c, handler, principal, raw);
    case "global":
      return runGlobalHandler(parts, c, handler, principal, raw);
  }
}

async function authenticateRequest(parts: HttpParts, c: Context<Env>): Promise<Principal> {
  const header = c.req.header("authorization");
  const bearer = header?.startsWith("Bearer ") ? header.slice("Bearer ".length).trim() : null;
  const principal = await parts.authenticate({
    bearer,
    sessionSecret: getCookie(c, sessionCookieName) ?? null,
  });
  if (c.req.method === "GET" || bearer !== null) return principal;
  assertOwnOrigin(parts, c);
  if (principal.kind === "user" && principal.sessionId !== null) {
    assertNoForgery(parts, c, principal.sessionId);
  }
  return principal;
}

/**
 * Without a bearer token a page of another origin could have sent the request, also one that signs
 * the browser in: into an account that belongs to somebody else.
 */
function assertOwnOrigin(parts: HttpParts, c: Context<Env>): void {
  const origin = c.req.header("origin");
  if (origin !== undefined && !parts.isAllowedOrigin(origin)) throw forged();
}

/** Cookies travel by themselves, so a page of another origin must not be able to use them. */
function assertNoForgery(parts: HttpParts, c: Context<Env>, sessionId: string): void {
  const token = c.req.header("x-csrf-token") ?? "";
  if (!parts.services.secrets.isCsrfTokenFor(sessionId, token)) throw forged();
}

function forged(): AppError {
  return new AppError("forbidden", "The request did not come from this site. Reload the page.", {
    reason: "csrf",
  });
}

async function readInput(c: Context<Env>, route: Route): Promise<Record<string, unknown>> {
  if (route.method === "GET" || route.method === "DELETE")
    return { ...c.req.query(), ...c.req.param() };
  const text = await c.req.text();
  if (text === "") return { ...c.req.param() };
  return { ...parseJsonObject(text), ...c.req.param() };
}

function parseJsonObject(text: string): Record<string, unknown> {
  const invalid = new AppError("invalid", "The request body is not a JSON object.", {
    reason: "invalid_json",
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw invalid;
  return value as Record<string, unknown>;
}

async function runWorkspaceHandler(
  parts: HttpParts,
  c: Context<Env>,
  handler: WorkspaceHandler,
  principal: Principal,
  raw: Record<string, unknown>,
): Promise<unknown> {
  const access = handler.route.access;
  const workspaceId = await requireWorkspaceId(parts, principal, raw);
  const idempotencyKey = c.req.header("idempotency-key") ?? null;
  const authorised = {
    workspaceId,
    request: requestFacts(c),
    resolveActor: (tx: Transaction) => resolveActor(tx, workspaceId, principal, access),
  };
  let { run } = handler;
  if (handler.prepare !== null) {
    const { look } = handler;
    const { value } = await parts.runner.inWorkspace({
      ...authorised,
      mode: "read",
      run: async (ctx) => {
        const input = parseInput(handler.route, raw);
        return { input, looked: await look?.(ctx, input) };
      },
    });
    run = await handler.prepare(parts.services, value.input, value.looked);
  }
  const { value, cursor } = await parts.runner.inWorkspace({
    ...authorised,
    mode: handler.mode,
    run: async (ctx) => {
      const input = parseInput(handler.route, raw);
      return handler.mode === "write" && handler.route.method !== "GET" && idempotencyKey !== null
        ? withIdempotency(ctx, { route: handler.route, key: idempotencyKey, input }, () =>
            run(ctx, input),
          )
        : run(ctx, input);
    },
  });
  if (cursor !== null) c.header("X-Headcount-Cursor", String(cursor));
  return value;
}

async function requireWorkspaceId(
  parts: HttpParts,
  principal: Principal,
  raw: Record<string, unknown>,
): Promise<WorkspaceId> {
  if (principal.kind === "anonymous") authoriseGlobal("user", principal);
  const named = raw["workspace"];
  const workspaceId = typeof named === "string" ? await parts.findWorkspaceId(named) : null;
  if (workspaceId) return workspaceId;
  throw new AppError("not_found", "No such workspace.", { reason: "workspace.not_found" });
}

async function runWaitingHandler(
  parts: HttpParts,
  c: Context<Env>,
  handler: WaitingHandler,
  principal: Principal,
  raw: Record<string, unknown>,
): Promise<unknown> {
  const workspaceId = await requireWorkspaceId(parts, principal, raw);
  const { value } = await parts.runner.inWorkspace({
    workspaceId,
    mode: "read",
    request: requestFacts(c),
    resolveActor: (tx: Transaction) =>
      resolveActor(tx, workspaceId, principal, handler.route.access),
    run: async (ctx) => ({ actor: ctx.actor, input: parseInput(handler.route, raw) }),
  });
  const { services, feed } = parts;
  return handler.run({ workspaceId, actor: value.actor, services, feed }, value.input);
}

async function runGlobalHandler(
  parts: HttpParts,
  c: Context<Env>,
  handler: GlobalHandler,
  principal: Principal,
  raw: Record<string, unknown>,
): Promise<unknown> {
  authoriseGlobal(handler.route.access, principal);
  const request = requestFacts(c);
  const ctx: GlobalContext = {
    principal,
    sql: parts.database.pool,
    transaction: (run) => runTransaction(parts.database.pool, "", run),
    inWorkspace: async (workspaceId, actor, run) => {
      const { value } = await parts.runner.inWorkspace({
        workspaceId,
        mode: "write",
        request,
        resolveActor: async () => actor,
        run,
      });
      return value;
    },
    together: parts.together,
    now: parts.services.now(),
    newId: parts.services.newId,
    services: parts.services,
    request,
    setSessionCookie: (secret, expiresAt) => writeSessionCookie(parts, c, secret, expiresAt),
  };
  return handler.run(ctx, parseInput(handler.route, raw));
}

function writeSessionCookie(
  parts: HttpParts,
  c: Context<Env>,
  secret: string | null,
  expiresAt?: Date,
): void {
  const attributes = {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure: parts.secureCookies(),
  } as const;
  if (secret === null) deleteCookie(c, sessionCookieName, attributes);
  else
    setCookie(c, sessionCookieName, secret, {
      ...attributes,
      ...(expiresAt ? { expires: expiresAt } : {}),
    });
}

function requestFacts(c: Context<Env>): RequestFacts {
  const bindings = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  const address = bindings?.incoming?.socket?.remoteAddress;
  return {
    ipPrefix: ipPrefix(address),
    userAgent: (c.req.header("user-agent") ?? "").slice(0, 200),
  };
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isUnstorableValue(error)) {
    return new AppError("invalid", "A value is out of range or cannot be stored.", {
      reason: "validation",
      cause: error,
    });
  }
  return new AppError("internal", "Something went wrong on the server. The log has the details.", {
    cause: error,
  });
}

function replyWithError(c: Context<Env>, error: unknown, parts: HttpParts): Response {
  const known = toAppError(error);
  if (known.code === "internal") {
    parts.services.log.error({ requestId: c.get("requestId"), err: error }, "request failed");
  }
  const body: ErrorBody = {
    code: known.code,
    reason: known.reason,
    message: known.message,
    ...(known.details === undefined ? {} : { details: known.details }),
    requestId: c.get("requestId") ?? "",
    ...(known.retryAfterMs === undefined ? {} : { retryAfterMs: known.retryAfterMs }),
  };
  if (known.retryAfterMs !== undefined)
    c.header("Retry-After", String(Math.ceil(known.retryAfterMs / 1000)));
  return c.json(body, statusOf(c, known));
}

function statusOf(c: Context<Env>, error: AppError): ContentfulStatusCode {
  if (error.reason === "too_large") return 413;
  const own = error.code === "invalid" ? c.get("invalidStatus") : undefined;
  return own ?? httpStatusOf[error.code];
}
