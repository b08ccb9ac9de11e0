import type { InputOf, OutputOf, Route } from "@headcount/contract/kit/route";
import { productVersion } from "@headcount/contract/version";
import { ApiError, errorFromReply, networkError } from "./api-error.ts";
import { buildRequest } from "./build-request.ts";
import { readOutput } from "./read-output.ts";

export type CallOptions = {
  readonly signal?: AbortSignal;
  /** Makes a write repeatable: the same key and body yield the stored reply. At most 200 characters. */
  readonly idempotencyKey?: string;
  /** Replaces the client's time limit for this call. */
  readonly timeoutMs?: number;
};

/** What a call needs of a client; {@link makeClient} and the retrying wrapper both are one. */
export type ApiClient = {
  /**
   * Calls one route of the contract.
   *
   * @throws ApiError for every answer that is not success, and for none at all
   * @throws the signal's reason when the caller aborts
   */
  call<R extends Route>(route: R, input: InputOf<R>, options?: CallOptions): Promise<OutputOf<R>>;
};

export type ClientOptions = {
  /** Origin of the server, e.g. `http://127.0.0.1:4114`. In a browser, `location.origin`. */
  readonly baseUrl: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Bearer token, or where to get the current one; a session cookie needs none. */
  readonly token?: string | (() => string | null);
  /** Sent with every write of a cookie session. */
  readonly csrfToken?: string | (() => string | null);
  /** Time limit of one call; 30 seconds unless stated. */
  readonly timeoutMs?: number;
  /** Told to the server: `web`, `cli`, `daemon`. */
  readonly clientName: string;
};

const defaultTimeoutMs = 30_000;

/** A typed client of every route, for browsers and Node alike. It keeps no state and never retries. */
export function makeClient(options: ClientOptions): ApiClient {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  return {
    async call(route, input, call = {}) {
      call.signal?.throwIfAborted();
      const request = buildRequest(options.baseUrl, route, input);
      const { reply, body } = await exchange(send, request.url, {
        method: route.method,
        headers: headersOf(options, route, call, request.body !== null),
        ...(request.body === null ? {} : { body: request.body }),
        timeoutMs: call.timeoutMs ?? options.timeoutMs ?? defaultTimeoutMs,
        signal: call.signal,
      });
      if (!reply.ok) throw errorFromReply(reply, body);
      return readOutput(route, body);
    },
  };
}

type Exchange = {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
};

async function exchange(
  send: typeof globalThis.fetch,
  url: string,
  { timeoutMs, signal, ...init }: Exchange,
): Promise<{ reply: Response; body: unknown }> {
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const reply = await send(url, {
      ...init,
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
    return { reply, body: parseBody(await reply.text(), reply) };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (signal?.aborted) throw signal.reason;
    throw networkError(error, url);
  }
}

/** An error page of a proxy is no JSON; its status says enough. Success without JSON is a wrong server. */
function parseBody(text: string, reply: Response): unknown {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!reply.ok) return undefined;
    throw new ApiError({
      code: "unavailable",
      reason: "not_headcount",
      message: `${new URL(reply.url || "http://unknown").origin} did not answer like a Headcount server`,
      status: reply.status,
      cause,
    });
  }
}

function headersOf(
  options: ClientOptions,
  route: Route,
  call: CallOptions,
  hasBody: boolean,
): Record<string, string> {
  const token = current(options.token);
  const csrfToken = route.method === "GET" ? null : current(options.csrfToken);
  return {
    accept: "application/json",
    "x-client-platform": options.clientName,
    "x-client-version": productVersion,
    ...(hasBody ? { "content-type": "application/json" } : {}),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(csrfToken === null ? {} : { "x-csrf-token": csrfToken }),
    ...(call.idempotencyKey === undefined ? {} : { "idempotency-key": call.idempotencyKey }),
  };
}

function current(value: string | (() => string | null) | undefined): string | null {
  return (typeof value === "function" ? value() : value) ?? null;
}
