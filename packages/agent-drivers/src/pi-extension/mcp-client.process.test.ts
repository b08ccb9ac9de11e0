import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { answerMcpRequest, fakeMcpServer } from "../testing/fake-mcp-server.ts";
import { connectToMcpServer } from "./mcp-client.ts";

const inputSchema = expect.objectContaining({ type: "object", required: ["name"] });
const tools = [{ name: "say_hello", description: "Greets somebody by name.", inputSchema }];

describe("a client of MCP servers", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** The same server behind an address. Every other reply is a stream of events. */
  async function remote(): Promise<{ readonly url: string; readonly sessions: unknown[] }> {
    const sessions: unknown[] = [];
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const message = JSON.parse(Buffer.concat(parts).toString()) as { id?: number };
        sessions.push(request.headers["mcp-session-id"]);
        if (request.headers.authorization !== "Bearer right") {
          response.writeHead(401).end();
          return;
        }
        if (message.id === undefined) {
          response.writeHead(202).end();
          return;
        }
        const result = answerMcpRequest(message, "Good day");
        const reply = JSON.stringify({ jsonrpc: "2.0", id: message.id, result });
        const isStream = message.id % 2 === 1;
        response.setHeader("mcp-session-id", "session-of-the-server");
        response.setHeader("content-type", isStream ? "text/event-stream" : "application/json");
        response.end(isStream ? `event: message\ndata: ${reply}\n\n` : reply);
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/mcp`, sessions };
  }

  it("lists and calls the tools of a program", async () => {
    const client = await connectToMcpServer("greeter", fakeMcpServer({ GREETING: "Good day" }));
    expect(client.tools).toEqual(tools);
    const result = await client.call("say_hello", { name: "Ada" });
    expect(result).toEqual({ content: [{ type: "text", text: "Good day, Ada." }], isError: false });
    client.close();
    await expect(client.call("say_hello", {})).rejects.toThrow("closed");
  });

  it("lists and calls the tools behind an address, in one session", async () => {
    const { url, sessions } = await remote();
    const headers = { authorization: "Bearer right" };
    const client = await connectToMcpServer("greeter", { url, headers });
    expect(client.tools).toEqual(tools);
    const result = await client.call("say_hello", { name: "Ada" });
    expect(result.content).toEqual([{ type: "text", text: "Good day, Ada." }]);
    client.close();
    const named = sessions.filter((session) => session === "session-of-the-server");
    expect([sessions[0], named.length]).toEqual([undefined, sessions.length - 1]);
  });

  it("says why a server cannot be reached", async () => {
    const { url } = await remote();
    await expect(connectToMcpServer("far", { url })).rejects.toThrow(
      'MCP server "far": it answered with HTTP 401.',
    );
    await expect(connectToMcpServer("gone", { command: "/nowhere/at-all" })).rejects.toThrow(
      'MCP server "gone": it cannot be started',
    );
    const quitter = { command: process.execPath, args: ["-e", "process.exit(3)"] };
    await expect(connectToMcpServer("quitter", quitter)).rejects.toThrow(
      /^MCP server "quitter": it (has ended \(3\)|does not read its input)\.$/,
    );
  });
});
