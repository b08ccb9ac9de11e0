import type { TaskId } from "@headcount/contract/kit/ids";
import type { Cli } from "../cli.ts";
import { findOne } from "./find-one.ts";

const wholeId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A task by its id, or by the beginning of the id of one of the latest hundred. */
export async function findTaskId(cli: Cli, wanted: string): Promise<TaskId> {
  // The server answers "not found" for an id that is no task.
  if (wholeId.test(wanted)) return wanted as TaskId;
  const workspace = await cli.workspace();
  const { items } = await cli.call("tasks.list", { workspace, limit: 100 });
  const named = items.map((task) => ({ id: task.id, name: task.id }));
  return findOne(named, wanted, "task").id as TaskId;
}
