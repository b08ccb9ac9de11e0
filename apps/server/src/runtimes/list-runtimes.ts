import type { UserId } from "@headcount/contract/kit/ids";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { query } from "../platform/command.ts";
import { effectiveUserId } from "../platform/context.ts";
import { readRuntimes } from "./read-runtimes.ts";

export const listRuntimes = query(runtimes.list, async (ctx, input) => {
  if (input.owner === "all") return { items: await readRuntimes(ctx, { ownerId: null }) };
  const ownerId = input.owner === "me" ? effectiveUserId(ctx.actor) : (input.owner as UserId);
  if (ownerId === null) return { items: [] };
  return { items: await readRuntimes(ctx, { ownerId }) };
});
