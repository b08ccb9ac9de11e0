import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { backoffMs } from "@headcount/client/backoff";
import { buildRequest } from "@headcount/client/build-request";
import type { InputOf, OutputOf } from "@headcount/contract/kit/route";
import { ReplyError } from "../errors/reply-error.ts";
import { exchange, type HttpReply } from "./http-exchange.ts";
import { type ApiRoutes, type RouteName, routeTable } from "./route-table.ts";

export type CallApi = <Name extends RouteName>(
  name: Name,
  input: InputOf<ApiRoutes[Name]>,
) => Promise<OutputOf<ApiRoutes[Name]>>;

export type ApiOptions = {
  readonly serverUrl: string;
  readonly token: string | null;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Told about each exchange, without bodies and credentials. */
  readonly onExchange?: (line: string) => void;
};

const attempts = 3;
const backoff = { baseMs: 250, maxMs: 5_000, jitter: 0.2 };

/**
 * Calls the server. Replies are handed over as they came, so that `--output json` shows all of
 * them. Every call is repeated after passing failures; writes carry one idempotency key for all of
 * their attempts.
 *
 * @throws ReplyError for every answer that is not success, and for none at all
 */
export function makeApi(options: ApiOptions): CallApi {
  return async (name, input) => {
    const [method, path] = routeTable[name];
    const { url, body } = buildRequest(options.serverUrl, { name, method, path }, input);
    const headers: Record<string, string> = {
      accept: "application/json",
      "x-client-platform": "cli",
      ...(body === null ? {} : { "content-type": "application/json" }),
      ...(options.token === null ? {} : { authorization: `Bearer ${options.token}` }),
      ...(method === "GET" ? {} : { "idempotency-key": randomUUID() }),
    };
    const { timeoutMs, signal } = options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const reply = await exchange({ method, url, headers, body, timeoutMs, signal });
        options.onExchange?.(`${method} ${url} → ${reply.status}`);
        // The server answers in the form that the route's type names; it is shown as it came.
        return readReply(reply, url) as never;
      } catch (error) {
        signal.throwIfAborted();
        const failure = error instanceof ReplyError ? error : noAnswer(error, url);
        options.onExchange?.(`${method} ${url} failed: ${failure.message}`);
        if (attempt >= attempts || !failure.isTransient) throw failure;
        const pauseMs = backoffMs(backoff, attempt - 1, Math.random());
        await delay(Math.max(pauseMs, Math.min(failure.retryAfterMs ?? 0, 10_000)), undefined, {
          signal,
        });
      }
    }
  };
}

function readReply(reply: HttpReply, url: string): unknown {
  const body = parseJson(reply.text);
  if (reply.status >= 200 && reply.status < 300) {
    if (body !== undefined) return body;
    throw new ReplyError({
      status: 0,
      code: "unavailable",
      reason: "not_headcount",
      message: `${new URL(url).origin} did not answer like a Headcount server.`,
      nextStep:
        "Check the address in --server-url, HEADCOUNT_SERVER_URL or `headcount config show`.",
    });
  }
  throw errorOfReply(reply, body, new URL(url).origin);
}

function parseJson(text: string): unknown {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorOfReply(reply: HttpReply, body: unknown, origin: string): ReplyError {
  const { status } = reply;
  const seconds = Number(reply.retryAfter);
  const headerMs = Number.isFinite(seconds) ? seconds * 1_000 : null;
  if (!isErrorBody(body)) {
    const message = `The server answered with status ${status}.`;
    return new ReplyError({
      status,
      code: "unavailable",
      reason: `http_${status}`,
      message,
      retryAfterMs: headerMs,
    });
  }
  return new ReplyError({
    status,
    code: body.code,
    reason: body.reason,
    message: body.message,
    body,
    nextStep: nextStepOf(status, body.reason, origin),
    retryAfterMs: body.retryAfterMs ?? headerMs,
  });
}

type WireError = {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
  readonly retryAfterMs?: number;
};

function isErrorBody(body: unknown): body is WireError {
  if (typeof body !== "object" || body === null) return false;
  return ["code", "reason", "message"].every((name) => typeof Reflect.get(body, name) === "string");
}

function nextStepOf(status: number, reason: string, origin: string): string | undefined {
  if (status === 401) return `Sign in to ${origin} with \`headcount login\`.`;
  if (reason === "active_duplicate_issue")
    return "Add --allow-duplicate to create it all the same.";
  return undefined;
}

function noAnswer(cause: unknown, url: string): ReplyError {
  const what = cause instanceof Error ? cause.message || codeOf(cause) : String(cause);
  return new ReplyError({
    status: 0,
    code: "unavailable",
    reason: "network",
    message: `No answer from ${new URL(url).origin}: ${what}.`,
    nextStep: "Check that the server runs and that the address is right.",
    cause,
  });
}

/** Several refused addresses arrive as one error without a message. */
function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "connection failed";
}
