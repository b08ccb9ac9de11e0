import { request as requestHttp } from "node:http";

export type HttpRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Longest silence and longest duration of the whole exchange. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

export type HttpReply = {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
};

/**
 * One exchange. `node:http` is part of every Node process, the global fetch costs a short command
 * half of its time to load.
 */
export async function exchange(request: HttpRequest): Promise<HttpReply> {
  const secure = request.url.startsWith("https:");
  const send = secure ? (await import("node:https")).request : requestHttp;
  const limit = AbortSignal.timeout(request.timeoutMs);
  return new Promise((resolve, reject) => {
    const outgoing = send(
      request.url,
      {
        method: request.method,
        headers: { ...request.headers, connection: "close" },
        signal: AbortSignal.any([request.signal, limit]),
      },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.on("error", reject);
        reply.on("end", () =>
          resolve({
            status: reply.statusCode ?? 0,
            retryAfter: reply.headers["retry-after"],
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    outgoing.on("error", (error) =>
      reject(limit.aborted ? new Error(`no answer within ${request.timeoutMs} ms`) : error),
    );
    outgoing.end(request.body ?? undefined);
  });
}
