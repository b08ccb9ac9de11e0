import type { Command } from "./command.ts";
import { CliError, exitCodes, invalidUse } from "./errors/cli-error.ts";
import { reportError } from "./errors/report-error.ts";
import { findCommand } from "./find-command.ts";
import type { Io } from "./io.ts";
import { isTaskMode } from "./settings/task-mode.ts";

/** Runs one command line. @returns the exit code */
export async function runCli(words: readonly string[], io: Io): Promise<number> {
  const debug = words.includes("--debug");
  try {
    return await dispatch(words, io);
  } catch (error) {
    return reportError(io, error, { debug, form: formIn(words) });
  }
}

async function dispatch(words: readonly string[], io: Io): Promise<number> {
  if (words[0] === "help") return showHelp(words.slice(1), io);
  const isHelp = beforeSeparator(words).some((word) => word === "--help" || word === "-h");
  if (isHelp)
    return showHelp(
      words.filter((word) => word !== "--help" && word !== "-h"),
      io,
    );
  const found = findCommand(words);
  if (found.name === "" && found.rest.some((word) => word === "--version" || word === "-V")) {
    const { productVersion } = await import("@headcount/contract/version");
    io.stdout.write(`${productVersion}\n`);
    return 0;
  }
  if (!found.load) return failOrHelp(found.name, found.rest, io);
  return runCommand(await found.load(), found.rest, io);
}

async function runCommand(command: Command, rest: readonly string[], io: Io): Promise<number> {
  if (command.refusedInTask && isTaskMode(io.environment)) {
    throw new CliError(`\`headcount ${command.name}\` cannot be used inside of a task.`, {
      exitCode: exitCodes.permission,
      nextStep: "Ask a person to do it, by a comment on the issue.",
    });
  }
  const { parseCommand } = await import("./parse-command.ts");
  const { makeCli } = await import("./make-cli.ts");
  const { outputForm, printResult } = await import("./output/print-result.ts");
  const { global, ...input } = parseCommand(command, rest);
  const cli = makeCli(io, global);
  // Refused before anything is done, not after.
  outputForm(cli, command);
  const body = await command.run(cli, input);
  printResult(cli, command, body);
  return cli.exitCode();
}

async function failOrHelp(name: string, rest: readonly string[], io: Io): Promise<number> {
  const unknown = rest.find((word) => !word.startsWith("-"));
  if (unknown === undefined) return showHelp(name === "" ? [] : name.split(" "), io);
  const words = name === "" ? unknown : `${name} ${unknown}`;
  const help = name === "" ? "headcount --help" : `headcount ${name} --help`;
  throw invalidUse(`"${words}" is no command.`, `See \`${help}\`.`);
}

async function showHelp(words: readonly string[], io: Io): Promise<number> {
  const { helpFor } = await import("./help.ts");
  io.stdout.write(await helpFor(words));
  return 0;
}

function beforeSeparator(words: readonly string[]): readonly string[] {
  const end = words.indexOf("--");
  return end < 0 ? words : words.slice(0, end);
}

/** The form that was asked for, before anything is known about the command. */
function formIn(words: readonly string[]): "table" | "json" | null {
  const at = words.indexOf("--output");
  const value =
    at < 0 ? words.find((word) => word.startsWith("--output="))?.slice(9) : words[at + 1];
  return value === "json" || value === "table" ? value : null;
}
