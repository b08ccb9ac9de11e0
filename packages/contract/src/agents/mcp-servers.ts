import { z } from "zod";
import { text } from "../kit/values.ts";
import { EnvironmentName } from "./schemas.ts";

/** What every agent CLI takes as a part of the names of tools. */
export const McpServerName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);

const secretValue = text(32_768);

/** A program of the machine that is talked to over stdin and stdout. */
const LocalMcpServer = z.strictObject({
  type: z.literal("stdio").optional(),
  command: text(4_000).min(1),
  args: z.array(text(8_000)).max(128).optional(),
  env: z.record(EnvironmentName, secretValue).optional(),
});

/** A server elsewhere. `http` is the streamable transport, and what is meant where nothing is said. */
const RemoteMcpServer = z.strictObject({
  type: z.enum(["http", "sse"]).optional(),
  url: z.url({ protocol: /^https?$/ }).max(4_000),
  headers: z
    .record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/), secretValue)
    .optional(),
});

/** One server of the Model Context Protocol, in the shape that Claude Code made common. */
export const McpServer = z.union([LocalMcpServer, RemoteMcpServer]);
export type McpServer = z.infer<typeof McpServer>;

/** Servers by name. None at all is a choice too: an agent without any. */
export const McpServers = z
  .record(McpServerName, McpServer)
  .refine((servers) => Object.keys(servers).length <= 50, { message: "has more than 50 servers" });
export type McpServers = z.infer<typeof McpServers>;
