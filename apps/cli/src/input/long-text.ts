import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import type { Cli } from "../cli.ts";
import type { OptionSpec } from "../option-spec.ts";
import { invalidUse } from "../errors/cli-error.ts";

type LongTextOptions<Name extends string> = {
  readonly [Key in Name | `${Name}File`]: OptionSpec & { readonly value: string };
} & { readonly [Key in `${Name}Stdin`]: { readonly summary: string } };

/** The three ways to give a long text: `--x TEXT`, `--x-file PATH` and `--x-stdin`. */
export function longTextOptions<Name extends string>(
  name: Name,
  summary: string,
): LongTextOptions<Name> {
  // Template literal keys are not inferred from computed property names.
  return {
    [name]: { value: "TEXT", summary: `${summary}; \\n starts a new line` },
    [`${name}File`]: { value: "PATH", summary: `${summary}, from a file` },
    [`${name}Stdin`]: { summary: `${summary}, from standard input` },
  } as unknown as LongTextOptions<Name>;
}

/**
 * @returns undefined when the text was given in none of the ways
 * @throws CliError when it was given in several, or lies outside of the current directory
 */
export async function readLongText<Name extends string>(
  cli: Cli,
  name: Name,
  options: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  const text = options[name];
  const file = options[`${name}File`];
  const stdin = options[`${name}Stdin`];
  const ways = [text, file, stdin].filter((way) => way !== undefined);
  if (ways.length > 1) {
    throw invalidUse(`Use only one of --${name}, --${name}-file and --${name}-stdin.`);
  }
  if (typeof text === "string") return decodeEscapes(text);
  if (typeof file === "string") return readTextFile(cli, file);
  if (stdin === true) return cli.io.readStdin();
  return undefined;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\" };

/** Shells pass `\n` on as two characters; people mean a new line. */
export function decodeEscapes(text: string): string {
  return text.replaceAll(/\\([nrt\\])/g, (_, letter: string) => escapes[letter] ?? letter);
}

/** @throws CliError when the file is missing, no UTF-8 text, or outside of the current directory */
export async function readTextFile(cli: Cli, file: string): Promise<string> {
  const bytes = await readAllowedFile(cli, file);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidUse(`${file} holds no UTF-8 text.`, "Save it as UTF-8 and try again.");
  }
}

/** @throws CliError when the file is missing, or outside of the current directory */
export async function readAllowedFile(cli: Cli, file: string): Promise<Buffer> {
  const full = path.resolve(cli.io.workDirectory, file);
  try {
    const real = await realpath(full);
    const inside = path.relative(await realpath(cli.io.workDirectory), real);
    const isOutside = inside.startsWith("..") || path.isAbsolute(inside);
    if (isOutside && !cli.global.allowExternalFile) {
      throw invalidUse(
        `${file} lies outside of the current directory.`,
        "Add --allow-external-file if it shall be read all the same.",
      );
    }
    return await readFile(real);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    const what = error.code === "ENOENT" ? "does not exist" : "cannot be read";
    throw invalidUse(`${file} ${what}.`, "Check the path.");
  }
}
