import { Command as Parser, CommanderError, InvalidArgumentError, Option } from "commander";
import type { Command, ParsedInput } from "./command.ts";
import type { ArgumentSpec, OptionSpec } from "./option-spec.ts";
import { invalidUse } from "./errors/cli-error.ts";
import { type GlobalOptions, globalOptions } from "./global-options.ts";

export type ParsedCommand = ParsedInput & { readonly global: GlobalOptions };

/**
 * Reads the words after a command's name by its specification.
 *
 * @throws CliError exit 5 when they do not fit
 */
export function parseCommand(command: Command, words: readonly string[]): ParsedCommand {
  const parser = new Parser(`headcount ${command.name}`)
    .exitOverride()
    .helpOption(false)
    .configureOutput({ writeErr: () => {}, writeOut: () => {} })
    .allowExcessArguments(false);
  const names = Object.keys(command.arguments ?? {});
  for (const [name, spec] of Object.entries(command.arguments ?? {})) {
    parser.argument(argumentWord(name, spec), spec.summary);
  }
  const specs = { ...globalOptions, ...command.options };
  for (const [key, spec] of Object.entries(specs)) parser.addOption(parserOption(key, spec));
  try {
    parser.parse([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const message = error.message.replace(/^error: /, "").replaceAll(/\s*\n\s*/g, " ");
    throw invalidUse(
      `${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace(/\.\.$/, "."),
      `See \`headcount ${command.name} --help\`.`,
    );
  }
  const values = parser.opts<Record<string, unknown>>();
  const argumentValues = Object.fromEntries(
    names.map((name, at) => [
      name,
      command.arguments?.[name]?.several ? parser.args.slice(at) : parser.args[at],
    ]),
  );
  checkChoices(command, argumentValues);
  const global = pick(values, Object.keys(globalOptions));
  const options = pick(values, Object.keys(command.options ?? {}));
  // Commander has filled both records by the specifications that these types come from.
  return { argumentValues, options, global: global as GlobalOptions };
}

/** `contentFile` → `--content-file`. */
export function flagName(key: string, spec: OptionSpec): string {
  const dashed = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return spec.negated ? `--no-${dashed}` : `--${dashed}`;
}

/** How an argument is written in the usage of its command. */
export function argumentWord(name: string, spec: ArgumentSpec): string {
  if (spec.several) return `[${name}...]`;
  return spec.optional ? `[${name}]` : `<${name}>`;
}

function parserOption(key: string, spec: OptionSpec): Option {
  const short = spec.short ? `-${spec.short}, ` : "";
  const value = spec.value ? ` <${spec.value}>` : "";
  const option = new Option(`${short}${flagName(key, spec)}${value}`, spec.summary);
  if (spec.count === "from-zero") return option.argParser(readCountFromZero);
  if (spec.count) return option.argParser(readCount);
  if (spec.multiple) {
    return option.argParser((text: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      ...(spec.choices ? text.split(",").map((word) => oneOf(spec.choices ?? [], word)) : [text]),
    ]);
  }
  return spec.choices
    ? option.argParser((text: string) => oneOf(spec.choices ?? [], text))
    : option;
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number above zero.");
}

function readCountFromZero(text: string): number {
  if (/^(0|[1-9]\d{0,8})$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number.");
}

function oneOf(choices: readonly string[], text: string): string {
  if (choices.includes(text)) return text;
  throw new InvalidArgumentError(`Choose from ${choices.join(", ")}.`);
}

function checkChoices(command: Command, argumentValues: Readonly<Record<string, unknown>>): void {
  for (const [name, spec] of Object.entries(command.arguments ?? {})) {
    const { choices } = spec;
    const values: readonly unknown[] = [argumentValues[name]].flat();
    const wrong = values.find((value) => typeof value === "string" && !choices?.includes(value));
    if (!choices || typeof wrong !== "string") continue;
    throw invalidUse(`"${wrong}" is no ${name}.`, `Choose from ${choices.join(", ")}.`);
  }
}

function pick(
  values: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => key in values).map((key) => [key, values[key]]));
}
