import type { Cli } from "./cli.ts";
import type { ArgumentSpecs, OptionSpec, OptionSpecs } from "./option-spec.ts";
import type { Printer } from "./output/printer.ts";
import type { RouteName } from "./api/route-table.ts";

type OptionValue<Spec extends OptionSpec> = Spec extends { readonly negated: true }
  ? boolean
  : Spec extends { readonly count: true | "from-zero" }
    ? number | undefined
    : Spec extends { readonly value: string; readonly multiple: true }
      ? readonly string[] | undefined
      : Spec extends { readonly value: string }
        ? string | undefined
        : boolean | undefined;

export type OptionValues<Specs extends OptionSpecs> = {
  readonly [Key in keyof Specs]: OptionValue<Specs[Key]>;
};

export type ArgumentValues<Specs extends ArgumentSpecs> = {
  readonly [Key in keyof Specs]: Specs[Key] extends { readonly several: true }
    ? readonly string[]
    : Specs[Key] extends { readonly optional: true }
      ? string | undefined
      : string;
};

export type CommandDefinition<
  Options extends OptionSpecs,
  Arguments extends ArgumentSpecs,
  Body,
> = {
  /** Its words: `issue comment add`. */
  readonly name: string;
  readonly summary: string;
  /** Longer explanation for `--help`, sentences. */
  readonly details?: string;
  readonly arguments?: Arguments;
  readonly options?: Options;
  readonly examples?: readonly string[];
  /** The route it stands for, where it is one. */
  readonly route?: RouteName;
  /** Agents may not use it: it would reach beyond the run's own credentials. */
  readonly refusedInTask?: true;
  /** Lists and sentences are tables by default, single objects JSON. */
  readonly format?: "table" | "json";
  /** @returns what `--output json` prints; undefined when the command prints by itself */
  readonly run: (
    cli: Cli,
    input: {
      readonly argumentValues: ArgumentValues<Arguments>;
      readonly options: OptionValues<Options>;
    },
  ) => Promise<Body>;
  /** What `--output json` prints, where that is not all of what `run` returns. */
  readonly json?: (body: Body) => unknown;
  /** What `--output csv` prints; refused by commands without it. */
  readonly csv?: (body: Body) => string;
  /** The form for people; fields and values unless stated. */
  readonly print?: (body: Body, printer: Printer) => void;
};

export type ParsedInput = {
  readonly argumentValues: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
};

/** A command whose types have been checked; the parser supplies values by the same specification. */
export type Command = Omit<
  CommandDefinition<OptionSpecs, ArgumentSpecs, unknown>,
  "run" | "print" | "json" | "csv"
> & {
  readonly run: (cli: Cli, input: ParsedInput) => Promise<unknown>;
  readonly json: ((body: unknown) => unknown) | null;
  readonly csv: ((body: unknown) => string) | null;
  readonly print: ((body: unknown, printer: Printer) => void) | null;
};

/** Makes a command out of data and one function. */
export function defineCommand<
  Body,
  const Options extends OptionSpecs = Record<never, never>,
  const Arguments extends ArgumentSpecs = Record<never, never>,
>(definition: CommandDefinition<Options, Arguments, Body>): Command {
  const { run, print, json, csv, ...data } = definition;
  return {
    ...data,
    // The parser builds both records from this very definition.
    run: (cli, input) => run(cli, input as never),
    json: json ? (body) => json(body as Body) : null,
    csv: csv ? (body) => csv(body as Body) : null,
    print: print ? (body, printer) => print(body as Body, printer) : null,
  };
}
