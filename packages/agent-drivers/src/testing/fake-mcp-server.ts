import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * An MCP server on stdin and stdout with one tool, `say_hello`, whose answer begins with the value
 * of GREETING. Start it with `fakeMcpServer`.
 */
export const fakeMcpServer = (environment: Readonly<Record<string, string>>) => ({
  command: process.execPath,
  args: [fileURLToPath(import.meta.url)],
  env: { ...environment },
});

type Message = {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly protocolVersion?: string; readonly arguments?: { name?: string } };
};

/** What the server answers to a request; undefined for what it does not offer. */
export function answerMcpRequest({ method, params }: Message, greeting: string): unknown {
  switch (method) {
    case "initialize":
      return {
        protocolVersion: params?.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: "greeter", version: "1.0.0" },
      };
    case "ping":
      return {};
    case "tools/list":
      return { tools: [sayHello] };
    case "tools/call":
      return { content: [{ type: "text", text: `${greeting}, ${params?.arguments?.name}.` }] };
    case undefined:
    default:
      return undefined;
  }
}

const sayHello = {
  name: "say_hello",
  description: "Greets somebody by name.",
  inputSchema: {
    type: "object",
    properties: { name: { type: "string", description: "Who is greeted" } },
    required: ["name"],
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line) as Message;
    if (message.id === undefined) continue;
    const result = answerMcpRequest(message, process.env["GREETING"] ?? "Hello");
    const unknown = { error: { code: -32601, message: "unknown method" } };
    const reply = result === undefined ? unknown : { result };
    process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id: message.id, ...reply })}\n`);
  }
}
