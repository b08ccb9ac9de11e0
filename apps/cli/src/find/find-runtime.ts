import type { Runtime } from "@headcount/contract/runtimes/schemas";
import type { Cli } from "../cli.ts";
import { findOne } from "./find-one.ts";

/** A runtime by its name, id or the beginning of its id. */
export async function findRuntime(cli: Cli, wanted: string): Promise<Runtime> {
  const { items } = await cli.call("runtimes.list", { workspace: await cli.workspace() });
  const named = items.map((runtime) => ({ ...runtime, name: runtime.customName ?? runtime.name }));
  return findOne(named, wanted, "runtime");
}
