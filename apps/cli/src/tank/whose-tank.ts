import type { UserId } from "@headcount/contract/kit/ids";
import type { Cli } from "../cli.ts";
import { findOne } from "../find/find-one.ts";

export const memberOption = {
  member: { value: "NAME", summary: "a person's own tank, not the workspace's" },
} as const;

/** The person whose tank is meant; null for the workspace's. */
export async function whoseTank(cli: Cli, member: string | undefined): Promise<UserId | null> {
  if (member === undefined) return null;
  const { items } = await cli.call("members.list", { workspace: await cli.workspace() });
  return findOne(items, member, "member").id;
}
