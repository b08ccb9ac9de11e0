import { endText, runIn, takeStep } from "./assignment.ts";
import type { Assignment } from "./assignment.ts";
import type { ProgramEnd } from "./run-program.ts";

export type HeadcountCall = {
  /** Name of the step in the transcript. */
  readonly id: string;
  readonly kind: "read" | "execute";
  readonly args: readonly string[];
  /** Text for the command's standard input. */
  readonly input?: string;
};

/** Runs Headcount's own command line as a visible step. */
export function tryHeadcount(assignment: Assignment, call: HeadcountCall): Promise<ProgramEnd> {
  const command = commandText(call);
  const input = call.input === undefined ? { command } : { command, stdin: call.input };
  return takeStep(assignment, { id: call.id, title: command, kind: call.kind, input }, () =>
    runIn(assignment, "headcount", call.args, call.input),
  );
}

/** The same for steps without which there is no point in going on: says so, then throws. */
export async function headcount(assignment: Assignment, call: HeadcountCall): Promise<string> {
  const end = await tryHeadcount(assignment, call);
  if (end.code === 0) return end.stdout;
  const problem = `\`${commandText(call)}\` failed${endText(end)}`;
  await assignment.narrator.say(`${problem}\n\nI cannot go on without it.\n`);
  throw new Error(problem);
}

function commandText(call: HeadcountCall): string {
  return ["headcount", ...call.args].join(" ");
}
