import type { UserId } from "@headcount/contract/kit/ids";
import type { Reaction } from "../platform/command.ts";
import { deleteDirectoriesOfOwner } from "./store.ts";

/** A person who leaves takes the folders of their machines along, in the same transaction. */
export const forgetDirectoriesOfMember: Reaction<"member.removed"> = async (ctx, change) => {
  // The entity of a member's change is the person.
  await deleteDirectoriesOfOwner(ctx, change.entity.id as UserId);
};
