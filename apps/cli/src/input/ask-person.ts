import { createInterface } from "node:readline/promises";
import { CliError, exitCodes } from "../errors/cli-error.ts";

export type Terminal = {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
};

/**
 * Puts one question to the person at the terminal.
 *
 * @throws CliError exit 130 when they leave it with Ctrl-C or Ctrl-D
 */
export async function askPerson(
  question: string,
  signal: AbortSignal,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<string> {
  const prompt = createInterface({ input, output, terminal: true });
  try {
    return await prompt.question(question, { signal });
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== "AbortError") throw cause;
    // What is said next begins on a line of its own.
    output.write("\n");
    throw new CliError("Nothing was done.", { exitCode: exitCodes.interrupted, cause });
  } finally {
    prompt.close();
  }
}
