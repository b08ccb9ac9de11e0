import { randomUUID } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { AppError } from "./app-error.ts";
import type { DeliveryHandler, Handler } from "./command.ts";
import { authenticateRequest } from "./http/authenticate-request.ts";
import { replyWithCsv, wantsCsv } from "./http/csv-reply.ts";
import { replyWithError } from "./http/error-reply.ts";
import type { HttpParts, ReadRequest, RequestEnv } from "./http/http-parts.ts";
import { readInput } from "./http/read-input.ts";
import { runDeliveryHandler } from "./http/run-delivery-handler.ts";
import { runGlobalHandler } from "./http/run-global-handler.ts";
import { runWaitingHandler } from "./http/run-waiting-handler.ts";
import { runWorkspaceHandler } from "./http/run-workspace-handler.ts";

const defaultBodyLimitBytes = 1024 * 1024;

/** Binds every handler to its route and maps every error to one shape. */
export function createApi(parts: HttpParts, handlers: readonly Handler[]): Hono<RequestEnv> {
  const api = new Hono<RequestEnv>();
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

function mount(api: Hono<RequestEnv>, parts: HttpParts, handler: Handler): void {
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
    if (handler.kind === "delivery") {
      const { status, reply } = await runDeliveryHandler(parts, handler, { c, principal });
      return c.json(handler.route.output.parse(reply) as object, status);
    }
    const raw = await readInput(c, handler.route);
    const result = await runHandler(parts, handler, { c, principal, raw });
    const reply = handler.route.output.parse(result);
    const csv = handler.kind === "workspace" && wantsCsv(c, raw) ? handler.csv : null;
    return csv ? replyWithCsv(c, csv(reply), handler.route.name) : c.json(reply as object);
  });
}

/** Counts how long the route takes, whatever its answer. */
function timing({ services }: HttpParts, route: string): MiddlewareHandler<RequestEnv> {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const status = `${Math.floor(c.res.status / 100)}xx`;
    const seconds = (performance.now() - startedAt) / 1_000;
    services.metrics.observe("headcount_http_request_seconds", seconds, { route, status });
  };
}

function runHandler(
  parts: HttpParts,
  handler: Exclude<Handler, DeliveryHandler>,
  request: ReadRequest,
): Promise<unknown> {
  switch (handler.kind) {
    case "workspace":
      return runWorkspaceHandler(parts, handler, request);
    case "waiting":
      return runWaitingHandler(parts, handler, request);
    case "global":
      return runGlobalHandler(parts, handler, request);
  }
}
