import type { Agent } from "@headcount/contract/agents/schemas";
import type { Cli } from "../cli.ts";
import { findOne } from "./find-one.ts";

/** An agent by name, id or the beginning of its id; archived ones are found by id. */
export async function findAgent(
  cli: Cli,
  wanted: string,
  archived: "active" | "archived" = "active",
): Promise<Agent> {
  const workspace = await cli.workspace();
  const { items } = await cli.call("agents.list", {
    workspace,
    ...(archived === "archived" ? { archived: true } : {}),
  });
  return findOne(items, wanted, archived === "archived" ? "archivedAgent" : "agent");
}
