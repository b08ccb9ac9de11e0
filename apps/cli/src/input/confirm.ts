import { createInterface } from "node:readline/promises";
import { CliError, invalidUse } from "../errors/cli-error.ts";
import type { Io } from "../io.ts";

/** @throws CliError when nobody can be asked, or when the answer is not yes */
export async function confirm(io: Io, question: string): Promise<void> {
  if (!io.stdinIsTerminal || !io.stderr.isTerminal) {
    throw invalidUse(`${question} Nobody can be asked here.`, "Add --yes to confirm.");
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question(`${question} [y/N] `, { signal: io.signal });
    if (/^(y|yes|是)$/i.test(answer.trim())) return;
  } finally {
    prompt.close();
  }
  throw new CliError("Nothing was done.");
}
