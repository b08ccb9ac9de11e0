import type { UserId } from "@headcount/contract/kit/ids";
import type { Cli } from "../cli.ts";
import { findOne } from "../find/find-one.ts";

export const accessModes = ["owner_only", "allow_list", "workspace"] as const;
export type AccessMode = (typeof accessModes)[number];

export const accessOptions = {
  access: {
    value: "MODE",
    choices: accessModes,
    summary: "who may give it work",
  },
  allow: { value: "MEMBER", multiple: true, summary: "member of the allow list; repeat" },
} as const;

/** The parser has checked the word. */
export const readAccess = (text: string): AccessMode => text as AccessMode;

/** Ids of the members that an allow list names. */
export async function readAllowed(
  cli: Cli,
  names: readonly string[] | undefined,
): Promise<UserId[]> {
  if (!names || names.length === 0) return [];
  const { items } = await cli.call("members.list", { workspace: await cli.workspace() });
  return names.map((name) => findOne(items, name, "member").id);
}
