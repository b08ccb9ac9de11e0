import { McpServers } from "@headcount/contract/agents/mcp-servers";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findAgent } from "../find/find-agent.ts";
import { readTextFile } from "../input/long-text.ts";
import { agentArgument } from "./agent-options.ts";

const Wrapped = z.object({ mcpServers: McpServers }).transform(({ mcpServers }) => mcpServers);

export const agentMcpSet = defineCommand({
  name: "agent mcp set",
  summary: "Give an agent MCP servers of its own",
  details:
    'A JSON object, {"mcpServers": {"name": {"command": …} or {"url": …}}}: the agent gets exactly these, {} is none at all. The value **** of a variable or a header keeps what is stored. Secrets never stand on the command line, where other programs could read them.',
  route: "agents.set-mcp-servers",
  format: "table",
  refusedInTask: true,
  arguments: { agent: agentArgument },
  options: {
    serversFile: { value: "PATH", summary: "the servers from a file of JSON" },
    serversStdin: { summary: "the servers from standard input" },
    ofMachine: { summary: "the servers that its CLI knows on its machine" },
  },
  examples: [
    "headcount agent mcp set Ada --servers-file .mcp.json",
    "headcount agent mcp set Ada --of-machine",
  ],
  async run(cli, { argumentValues, options }) {
    const { serversFile, serversStdin, ofMachine } = options;
    const given = [serversFile, serversStdin, ofMachine].filter((value) => value !== undefined);
    if (given.length !== 1) {
      throw invalidUse("Use one of --servers-file, --servers-stdin and --of-machine.");
    }
    const read = () =>
      serversFile === undefined ? cli.io.readStdin() : readTextFile(cli, serversFile);
    const mcpServers = ofMachine === true ? null : parseServers(await read());
    const { id } = await findAgent(cli, argumentValues.agent);
    const workspace = await cli.workspace();
    return cli.call("agents.set-mcp-servers", { workspace, agentId: id, mcpServers });
  },
  print({ mcpServerNames }, printer) {
    if (mcpServerNames === null) printer.line("Set: those of the machine that it runs on.");
    else printer.line(`Set: ${mcpServerNames.join(", ") || "none"}.`);
  },
});

/** Servers by name, below the member `mcpServers` or without it. */
function parseServers(text: string): McpServers {
  const value = parseJson(text);
  const hasMember = typeof value === "object" && value !== null && "mcpServers" in value;
  const parsed = (hasMember ? Wrapped : McpServers).safeParse(value);
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join(".") ?? "";
    throw invalidUse(`The servers are malformed at "${place}".`);
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidUse("The servers are not JSON.");
  }
}
