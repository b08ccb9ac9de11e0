import { catalogue } from "./catalogue.ts";
import type { Command } from "./command.ts";
import type { OptionSpec } from "./option-spec.ts";
import { invalidUse } from "./errors/cli-error.ts";
import { findCommand } from "./find-command.ts";
import { globalOptions } from "./global-options.ts";
import { argumentWord, flagName } from "./parse-command.ts";
import { twoColumns, wrapText } from "./output/wrap-text.ts";

/** Help of the program, of a group or of one command, made from the commands themselves. */
export async function helpFor(words: readonly string[]): Promise<string> {
  const { name, load, rest } = findCommand(words);
  const unknown = rest.find((word) => !word.startsWith("-"));
  if (name === "" && unknown !== undefined) {
    throw invalidUse(`"${unknown}" is no command.`, "See `headcount --help`.");
  }
  if (load) return commandHelp(await load());
  return name === "" ? programHelp() : groupHelp(name);
}

async function programHelp(): Promise<string> {
  const sections = await Promise.all(
    catalogue.map(async (group) => {
      const rows = new Map<string, string>();
      for (const [name, load] of Object.entries(group.commands)) {
        const [noun = "", verb] = name.split(" ");
        if (verb === undefined) rows.set(noun, (await load()).summary);
        else rows.set(noun, verbsOf(noun, Object.keys(group.commands)));
      }
      return `${group.title}\n${twoColumns([...rows], 2)}`;
    }),
  );
  return `Headcount: coding agents as teammates on an issue board.

Usage: headcount <command> [flags]

${sections.join("\n\n")}

Flags of every command
${globalFlags()}

\`headcount <command> --help\` says more. Exit codes: 0 success, 1 failure,
2 network, 3 permission, 4 not found, 5 not valid, 6 conflict, 7 limit.
`;
}

/** `list, get, comment (list, add)`. */
function verbsOf(noun: string, names: readonly string[]): string {
  const inner = new Map<string, string[]>();
  for (const name of names.filter((one) => one.startsWith(`${noun} `))) {
    const [, verb = "", further] = name.split(" ");
    inner.set(verb, [...(inner.get(verb) ?? []), ...(further ? [further] : [])]);
  }
  return [...inner]
    .map(([verb, further]) => (further.length > 0 ? `${verb} (${further.join(", ")})` : verb))
    .join(", ");
}

async function groupHelp(name: string): Promise<string> {
  const loaders = catalogue
    .flatMap((group) => Object.entries(group.commands))
    .filter(([key]) => key.startsWith(`${name} `));
  const commands = await Promise.all(loaders.map(([, load]) => load()));
  const rows = commands.map((command): [string, string] => [
    command.name.slice(name.length + 1),
    command.summary,
  ]);
  return `Usage: headcount ${name} <command> [flags]

${twoColumns(rows, 2)}

\`headcount ${name} <command> --help\` says more.
`;
}

function commandHelp(command: Command): string {
  const placed = Object.entries(command.arguments ?? {});
  const words = placed.map(([name, spec]) => argumentWord(name, spec));
  const usage = ["headcount", command.name, ...words, "[flags]"].join(" ");
  const parts = [
    wrapText(command.summary.replace(/\.?$/, "."), 0),
    `Usage: ${usage}`,
    command.details ? wrapText(command.details, 0) : "",
    placed.length > 0
      ? `Arguments\n${twoColumns(
          placed.map(([name, spec]) => [name, withChoices(spec.summary, spec.choices)]),
          2,
        )}`
      : "",
    optionSection(command),
    command.examples?.length
      ? `Examples\n${command.examples.map((line) => `  ${line}`).join("\n")}`
      : "",
    `Flags of every command\n${globalFlags()}`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function optionSection(command: Command): string {
  const options = Object.entries(command.options ?? {});
  if (options.length === 0) return "";
  return `Flags\n${twoColumns(
    options.map(([key, spec]) => optionRow(key, spec)),
    2,
  )}`;
}

function globalFlags(): string {
  return twoColumns(
    Object.entries(globalOptions).map(([key, spec]) => optionRow(key, spec)),
    2,
  );
}

function optionRow(key: string, spec: OptionSpec): [string, string] {
  const short = spec.short ? `-${spec.short}, ` : "";
  const value = spec.value ? ` ${spec.value}` : "";
  return [`${short}${flagName(key, spec)}${value}`, withChoices(spec.summary, spec.choices)];
}

function withChoices(summary: string, choices: readonly string[] | undefined): string {
  return choices ? `${summary}: ${choices.join(", ")}` : summary;
}
