import type { Cli } from "../cli.ts";
import { CliError, exitCodes, invalidUse } from "../errors/cli-error.ts";
import { askPerson } from "./ask-person.ts";

/** @throws CliError exit 5 when nobody can be asked */
function requirePerson(cli: Cli, what: string, flag: string): void {
  if (cli.io.stdinIsTerminal && cli.io.stderr.isTerminal) return;
  throw invalidUse(`${what} is needed and nobody can be asked here.`, `Use ${flag}.`);
}

/** Asks for something that must not appear on the screen. */
export async function askSecret(cli: Cli, what: string): Promise<string> {
  requirePerson(cli, what, "--token-stdin");
  const { password, isCancel } = await import("@clack/prompts");
  const answer = await password({ message: what, output: process.stderr, signal: cli.io.signal });
  if (isCancel(answer))
    throw new CliError("Nothing was done.", { exitCode: exitCodes.interrupted });
  return answer ?? "";
}

/** Asks for a line of text; an empty answer takes what is suggested. */
export async function askLine(
  cli: Cli,
  question: { readonly what: string; readonly suggested: string; readonly flag: string },
): Promise<string> {
  requirePerson(cli, question.what, question.flag);
  const answer = await askPerson(`${question.what} [${question.suggested}]: `, cli.io.signal);
  return answer.trim() || question.suggested;
}
