import { CliError, invalidUse } from "../errors/cli-error.ts";
import type { Io } from "../io.ts";
import { askPerson } from "./ask-person.ts";

/** @throws CliError when nobody can be asked, or when the answer is not yes */
export async function confirm(io: Io, question: string): Promise<void> {
  if (!io.stdinIsTerminal || !io.stderr.isTerminal) {
    throw invalidUse(`${question} Nobody can be asked here.`, "Add --yes to confirm.");
  }
  const answer = await askPerson(`${question} [y/N] `, io.signal);
  if (/^(y|yes|是)$/i.test(answer.trim())) return;
  throw new CliError("Nothing was done.");
}
