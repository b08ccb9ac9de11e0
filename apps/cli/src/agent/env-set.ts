import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findAgent } from "../find/find-agent.ts";
import { readTextFile } from "../input/long-text.ts";
import { agentArgument } from "./agent-options.ts";

export const agentEnvSet = defineCommand({
  name: "agent env set",
  summary: "Replace the environment of an agent",
  details:
    "Lines of NAME=VALUE; the value **** keeps what is stored, a name that is left out is removed. Values never stand on the command line, where other programs could read them.",
  route: "agents.set-environment",
  format: "table",
  refusedInTask: true,
  arguments: { agent: agentArgument },
  options: {
    variablesFile: { value: "PATH", summary: "lines of NAME=VALUE from a file" },
    variablesStdin: { summary: "lines of NAME=VALUE from standard input" },
  },
  examples: ["headcount agent env set Ada --variables-file ada.env"],
  async run(cli, { argumentValues, options }) {
    if ((options.variablesFile === undefined) === (options.variablesStdin !== true)) {
      throw invalidUse("Use one of --variables-file and --variables-stdin.");
    }
    const text = options.variablesFile
      ? await readTextFile(cli, options.variablesFile)
      : await cli.io.readStdin();
    const variables = parseVariables(text);
    const { id } = await findAgent(cli, argumentValues.agent);
    const workspace = await cli.workspace();
    return cli.call("agents.set-environment", { workspace, agentId: id, variables });
  },
  print({ environmentKeys, skipped }, printer) {
    printer.line(`Set: ${environmentKeys.join(", ") || "nothing"}.`);
    if (skipped.length > 0)
      printer.hint(`Left out, because they are reserved: ${skipped.join(", ")}.`);
  },
});

/** Lines of `NAME=VALUE`; empty lines and those that begin with `#` do not count. */
export function parseVariables(text: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === "" || raw.trimStart().startsWith("#")) continue;
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(raw);
    if (!match) throw invalidUse(`Line ${at + 1} is not of the form NAME=VALUE.`);
    variables[match[1] ?? ""] = unquoted(match[2] ?? "");
  }
  return variables;
}

function unquoted(value: string): string {
  const match = /^(["'])(.*)\1$/.exec(value.trim());
  return match ? (match[2] ?? "") : value;
}
