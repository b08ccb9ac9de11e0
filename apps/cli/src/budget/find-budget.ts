import type { Budget } from "@headcount/contract/budgets/schemas";
import type { Cli } from "../cli.ts";
import { findOne } from "../find/find-one.ts";

export const budgetArgument = { summary: "name, id or the beginning of an id" } as const;

/** A budget that is not archived, by name, id or the beginning of its id; archived ones by id. */
export async function findBudget(cli: Cli, wanted: string): Promise<Budget> {
  const workspace = await cli.workspace();
  const { items } = await cli.call("budgets.list", { workspace });
  const isListed = items.some(({ id }) => id.startsWith(wanted.toLowerCase()));
  if (isListed || !/^[0-9a-f]{8}-/i.test(wanted)) return findOne(items, wanted, "budget");
  const archived = await cli.call("budgets.list", { workspace, archived: true });
  return findOne([...items, ...archived.items], wanted, "budget");
}
