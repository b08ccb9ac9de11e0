import type { Cli } from "../cli.ts";
import type { Command } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { languageOf } from "../language/language.ts";
import { inkOf } from "./ink.ts";
import { makePrinter, type Printer } from "./printer.ts";

/** Writes a command's result to stdout in the form that was asked for. */
export function printResult(cli: Cli, command: Command, body: unknown): void {
  if (body === undefined) return;
  const form = outputForm(cli, command);
  if (form === "csv") return cli.io.stdout.write(command.csv?.(body) ?? "");
  if (form === "json") {
    const shown = command.json ? command.json(body) : body;
    return cli.io.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  }
  const printer = printerOf(cli);
  if (command.print) return command.print(body, printer);
  printFields(body, printer);
}

/** @throws CliError exit 5 where CSV is asked for and the command has no rows */
export function outputForm(
  cli: Cli,
  command: Pick<Command, "format"> & Partial<Pick<Command, "csv">>,
): "table" | "json" | "csv" {
  const named = cli.io.environment["HEADCOUNT_OUTPUT"];
  if (cli.global.output === "csv" && !command.csv) {
    throw invalidUse("This command has no output in CSV.", "Use --output json.");
  }
  if (cli.global.output) return cli.global.output;
  if (named === "json" || named === "table") return named;
  return command.format ?? "json";
}

export function printerOf(cli: Cli): Printer {
  const { stdout, environment } = cli.io;
  return makePrinter({
    write: (text) => stdout.write(text),
    hint: cli.hint,
    columns: stdout.isTerminal ? stdout.columns || 80 : 0,
    ink: inkOf(cli.io),
    colour: stdout.isTerminal && !environment["NO_COLOR"] && environment["TERM"] !== "dumb",
    fullId: cli.global.fullId ?? false,
    language: languageOf(environment),
  });
}

function printFields(body: unknown, printer: Printer): void {
  if (typeof body !== "object" || body === null) return printer.line(JSON.stringify(body));
  const fields = Object.entries(body).map(([name, value]): [string, string | number | null] => [
    name,
    fieldText(value),
  ]);
  if (fields.length > 0) printer.fields(fields);
}

function fieldText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(fieldText).join(", ");
  if (typeof value === "string") return value;
  if (typeof value !== "object") return JSON.stringify(value);
  const name: unknown = Reflect.get(value, "name");
  return typeof name === "string" ? name : JSON.stringify(value);
}
