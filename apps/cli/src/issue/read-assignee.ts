import type { AssigneeInput } from "@headcount/contract/kit/actors";
import type { Cli } from "../cli.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findActor } from "../find/find-actor.ts";

export type AssigneeFlags = {
  readonly assignee: string | undefined;
  readonly assigneeId: string | undefined;
};

/** @returns undefined when nobody is named. @throws CliError when both flags are there */
export async function readAssignee(
  cli: Cli,
  flags: AssigneeFlags,
): Promise<AssigneeInput | undefined> {
  if (flags.assignee !== undefined && flags.assigneeId !== undefined) {
    throw invalidUse("Use only one of --assignee and --assignee-id.");
  }
  const wanted = flags.assignee ?? flags.assigneeId;
  if (wanted === undefined) return undefined;
  const { type, id } = await findActor(cli, wanted);
  return { type, id };
}
