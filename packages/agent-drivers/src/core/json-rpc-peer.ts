import { isJsonObject, stringAt } from "./json.ts";

/** An error answer of JSON-RPC 2.0, received or to be sent. */
export class JsonRpcError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.name = "JsonRpcError";
    this.code = code;
    this.data = data;
  }
}

/** The other side did not answer a request in time. */
export class AnswerTimeout extends Error {
  readonly limitMs: number;

  constructor(method: string, limitMs: number) {
    super(`The agent gave no answer to ${method} within ${limitMs / 1000} s.`);
    this.name = "AnswerTimeout";
    this.limitMs = limitMs;
  }
}

/** The other side asked for something we do not offer. */
export const methodNotFound = -32601;

export type JsonRpcPeerOptions = {
  /** Writes one frame, without line end. */
  readonly send: (line: string) => void;
  readonly onNotification: (method: string, params: unknown) => void;
  /** Answers a request of the other side; a thrown `JsonRpcError` becomes its error answer. */
  readonly onRequest: (method: string, params: unknown) => unknown;
};

export type JsonRpcPeer = {
  /** Takes one parsed message. False when it is no JSON-RPC message at all. */
  accept(message: unknown): boolean;
  /** Rejects with `JsonRpcError` on an error answer, `AnswerTimeout`, or `Error` on close. */
  request(method: string, params: unknown, timeoutMs: number): Promise<unknown>;
  notify(method: string, params?: unknown): void;
  /** Rejects everything that is still waiting. */
  close(reason: string): void;
};

type Waiting = {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
};

/** Request and answer bookkeeping for newline-delimited JSON-RPC over any pair of pipes. */
export function createJsonRpcPeer(options: JsonRpcPeerOptions): JsonRpcPeer {
  const waiting = new Map<number | string, Waiting>();
  let nextId = 0;
  let closedBecause: string | null = null;

  const write = (message: Record<string, unknown>): void => {
    if (closedBecause === null) options.send(JSON.stringify({ jsonrpc: "2.0", ...message }));
  };
  const settle = (id: number | string, message: Record<string, unknown>): void => {
    const entry = waiting.get(id);
    if (entry === undefined) return;
    waiting.delete(id);
    clearTimeout(entry.timer);
    const error = message["error"];
    if (isJsonObject(error)) {
      const code = typeof error["code"] === "number" ? error["code"] : 0;
      entry.reject(new JsonRpcError(code, stringAt(error, "message") ?? "error", error["data"]));
      return;
    }
    entry.resolve(message["result"]);
  };
  const answer = async (id: number | string, method: string, params: unknown): Promise<void> => {
    try {
      const result = await options.onRequest(method, params);
      write({ id, result: result ?? null });
    } catch (error) {
      const known = error instanceof JsonRpcError;
      const code = known ? error.code : -32603;
      write({
        id,
        error: { code, message: error instanceof Error ? error.message : String(error) },
      });
    }
  };

  return {
    accept(message) {
      if (!isJsonObject(message)) return false;
      const { id, method } = message;
      const hasId = typeof id === "number" || typeof id === "string";
      if (typeof method === "string") {
        if (hasId) void answer(id, method, message["params"]);
        else options.onNotification(method, message["params"]);
        return true;
      }
      if (!hasId) return false;
      settle(id, message);
      return true;
    },
    request(method, params, timeoutMs) {
      if (closedBecause !== null) return Promise.reject(new Error(closedBecause));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject(new AnswerTimeout(method, timeoutMs));
        }, timeoutMs);
        waiting.set(id, { resolve, reject, timer });
        write({ id, method, params });
      });
    },
    notify(method, params) {
      write(params === undefined ? { method } : { method, params });
    },
    close(reason) {
      if (closedBecause !== null) return;
      closedBecause = reason;
      for (const entry of waiting.values()) {
        clearTimeout(entry.timer);
        entry.reject(new Error(reason));
      }
      waiting.clear();
    },
  };
}
