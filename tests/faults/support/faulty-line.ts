import { createConnection, createServer, type Socket } from "node:net";
import { type CountedMessages, countFrontendMessages } from "./frontend-messages.ts";

/** What happens at the chosen place: both ends are cut off, or nothing passes any more and nobody is told. */
export type LineFault = "cut" | "swallow";

/**
 * One fault to come. `up` is from client to server. `after` counts bytes, or messages of
 * PostgreSQL's protocol, which still pass. With `answer` the line breaks behind the last of them,
 * so that nothing of what it brings about is heard; with `request` when more is about to be sent.
 */
export type ArmedFault = {
  readonly fault: LineFault;
  readonly direction: "up" | "down";
  readonly after: number;
  readonly loses: "answer" | "request";
};

export type FaultyLine = {
  readonly port: number;
  /** Lets everything pass until this place is reached, counted over all connections from now on. */
  arm(fault: ArmedFault): void;
  /** Takes the fault back and ends every connection that has fallen silent. @returns whether it had happened */
  calm(): boolean;
  [Symbol.asyncDispose](): Promise<void>;
};

export type LineOptions = {
  readonly host: string;
  readonly port: number;
  readonly counts: "bytes" | "postgres messages";
};

type Count = (chunk: Buffer, most: number) => CountedMessages;
type Connection = { readonly client: Socket; readonly server: Socket; isSilent: boolean };

/** Stands between a client and a server and breaks once, at an exact place. */
export async function startFaultyLine(target: LineOptions): Promise<FaultyLine> {
  const connections = new Set<Connection>();
  let armed: { readonly fault: ArmedFault; left: number } | null = null;
  let hasHappened = false;

  const end = (connection: Connection): void => {
    connections.delete(connection);
    connection.client.destroy();
    connection.server.destroy();
  };
  /** Bytes of the chunk that still pass; null for all of them. */
  const passing = (
    chunk: Buffer,
    direction: ArmedFault["direction"],
    count: Count,
  ): number | null => {
    const isArmed = armed?.fault.direction === direction;
    const { units, bytes } = count(chunk, isArmed ? (armed?.left ?? 0) : Infinity);
    if (armed === null || !isArmed) return null;
    armed.left -= units;
    if (armed.left > 0) return null;
    return armed.fault.loses === "request" && bytes === chunk.length ? null : bytes;
  };
  const pass = (connection: Connection, chunk: Buffer, to: Socket, bytes: number | null): void => {
    if (connection.isSilent) return;
    if (bytes === null || armed === null) return void to.write(chunk);
    const { fault } = armed.fault;
    armed = null;
    hasHappened = true;
    const isLast = (): void => {
      if (fault === "cut") end(connection);
    };
    if (fault === "swallow") connection.isSilent = true;
    if (bytes === 0) isLast();
    else to.write(chunk.subarray(0, bytes), isLast);
  };

  const listener = createServer((client) => {
    const server = createConnection({ host: target.host, port: target.port });
    const connection: Connection = { client, server, isSilent: false };
    connections.add(connection);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on("error", () => end(connection));
      socket.on("close", () => {
        // Of a line that has fallen silent, neither end hears that the other has gone.
        if (!connection.isSilent) end(connection);
      });
    }
    const countUp = target.counts === "bytes" ? countBytes : countFrontendMessages();
    client.on("data", (chunk: Buffer) =>
      pass(connection, chunk, server, passing(chunk, "up", countUp)),
    );
    server.on("data", (chunk: Buffer) =>
      pass(connection, chunk, client, passing(chunk, "down", countBytes)),
    );
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : 0,
    arm(fault) {
      armed = { fault, left: fault.after };
      hasHappened = false;
    },
    calm() {
      armed = null;
      for (const connection of connections) if (connection.isSilent) end(connection);
      return hasHappened;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const connection of connections) end(connection);
      await closed;
    },
  };
}

function countBytes(chunk: Buffer, most: number): CountedMessages {
  const bytes = Math.min(chunk.length, most);
  return { units: bytes, bytes };
}
