import { client, RequestError } from "@agentclientprotocol/sdk";
import type { AnyMessage } from "@agentclientprotocol/sdk";
import { parseJsonObject, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { AnswerTimeout, JsonRpcError } from "../../core/json-rpc-peer.ts";
import { objectOf } from "../../mappers/acp/json-value.ts";

export type AcpConnectionOptions = {
  /** Writes one frame to the agent, without line end. */
  readonly send: (line: string) => void;
  /** Every notification, whatever its shape. Called before later lines are read. */
  readonly onNotification: (method: string, params: JsonObject) => void;
  /** The id of the option to choose; null refuses with an error, `cancelled` when stopping. */
  readonly onPermission: (params: JsonObject) => PermissionAnswer;
  /** A line that is no message of the protocol. */
  readonly onNoise: (line: string) => void;
};

export type PermissionAnswer = { readonly optionId: string | null } | "cancelled";

export type AcpConnection = {
  /** Takes one line of the agent's stdout. */
  accept(line: string): void;
  /** Rejects with `JsonRpcError` on an error answer, `AnswerTimeout`, or `Error` on close. */
  request(method: string, params: JsonObject, timeoutMs: number | null): Promise<JsonObject>;
  notify(method: string, params: JsonObject): void;
  close(reason: string): void;
};

/**
 * A connection of the official SDK behind a shim for the dialects in the field. The SDK keeps the
 * books of requests and answers, refuses requests that we do not offer and speaks the protocol's
 * version; the shim reads the lines, because the SDK drops updates that its schema does not know,
 * answers a line of log output with a parse error, and refuses option kinds it has not heard of.
 */
export function openAcpConnection(options: AcpConnectionOptions): AcpConnection {
  const shim = createShim(options);
  const app = client({ name: "headcount" }).onRequest(
    "session/request_permission",
    objectOf,
    ({ params }) => answerPermission(options.onPermission(params)),
  );
  const connection = app.connect({ readable: shim.readable, writable: writableOf(options.send) });
  // Reported through the requests that are waiting; nobody else has to know.
  connection.closed.catch(() => undefined);
  return {
    accept: (line) => shim.accept(line),
    async request(method, params, timeoutMs) {
      try {
        const answer = connection.agent.request<unknown, JsonObject>(method, params);
        return objectOf(await withTimeout(answer, method, timeoutMs));
      } catch (error) {
        if (error instanceof RequestError)
          throw new JsonRpcError(error.code, error.message, error.data);
        throw error;
      }
    },
    notify(method, params) {
      // A closed pipe shows at once as the end of the agent's output.
      connection.agent.notify(method, params).catch(() => undefined);
    },
    close(reason) {
      shim.close();
      connection.close(new Error(reason));
    },
  };
}

type Shim = {
  readonly readable: ReadableStream<AnyMessage>;
  accept(line: string): void;
  close(): void;
};

/** Lets answers and requests through to the SDK; everything else goes to our own readers. */
function createShim(options: AcpConnectionOptions): Shim {
  let controller: ReadableStreamDefaultController<AnyMessage> | null = null;
  const readable = new ReadableStream<AnyMessage>({
    start: (created) => {
      controller = created;
    },
  });
  return {
    readable,
    accept(line) {
      const message = parseJsonObject(line);
      if (message === null) {
        if (line.trim() !== "") options.onNoise(line);
        return;
      }
      const method = stringAt(message, "method");
      if (method !== null && message["id"] === undefined) {
        options.onNotification(method, objectOf(message["params"]));
        return;
      }
      controller?.enqueue(asMessage(message));
    },
    close() {
      controller?.close();
      controller = null;
    },
  };
}

/** Some agents leave out `jsonrpc`, which the SDK insists on. */
function asMessage(message: JsonObject): AnyMessage {
  // The SDK checks every message itself before it uses it.
  return { ...message, jsonrpc: "2.0" } as unknown as AnyMessage;
}

function writableOf(send: (line: string) => void): WritableStream<AnyMessage> {
  return new WritableStream<AnyMessage>({ write: (message) => send(JSON.stringify(message)) });
}

function answerPermission(answer: PermissionAnswer): JsonObject {
  if (answer === "cancelled") return { outcome: { outcome: "cancelled" } };
  if (answer.optionId === null)
    throw new RequestError(-32602, "None of the offered options is acceptable.");
  return { outcome: { outcome: "selected", optionId: answer.optionId } };
}

async function withTimeout<T>(
  promise: Promise<T>,
  method: string,
  timeoutMs: number | null,
): Promise<T> {
  if (timeoutMs === null) return promise;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new AnswerTimeout(method, timeoutMs)), timeoutMs);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
