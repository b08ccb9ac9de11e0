import type { JsonObject } from "../core/json.ts";

/** One side of a talk with an MCP server: whole messages go out, whole messages come in. */
export type McpTransport = {
  send(message: string): void;
  close(): void;
};

/** What a transport tells its owner. */
export type McpTransportEvents = {
  readonly onMessage: (message: unknown) => void;
  /** Nothing more will come; called once. */
  readonly onEnd: (reason: string) => void;
};

export type OpenMcpTransport = (server: JsonObject, events: McpTransportEvents) => McpTransport;
