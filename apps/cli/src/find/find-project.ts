import type { ProjectId } from "@headcount/contract/kit/ids";
import type { Cli } from "../cli.ts";
import { findOne } from "./find-one.ts";

/** A project of the workspace by title, id or the beginning of its id. */
export async function findProject(
  cli: Cli,
  wanted: string,
): Promise<{ readonly id: ProjectId; readonly name: string }> {
  const { items } = await cli.call("projects.list", { workspace: await cli.workspace() });
  const named = items.map((project) => ({ id: project.id, name: project.title }));
  return findOne(named, wanted, "project");
}
