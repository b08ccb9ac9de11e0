import { projects } from "@headcount/contract/projects/routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { notFound } from "../platform/app-error.ts";
import { humanRequired, roleRequired } from "../platform/authorise.ts";
import { command } from "../platform/command.ts";
import { lockProject } from "./lock-project.ts";
import { noteDirectoriesChanged } from "./note-directories-changed.ts";
import { getProject } from "./projects.ts";
import { deleteDirectory } from "./store.ts";

/** Its owner takes a machine's directory away, and so do admins. */
export const removeProjectDirectory = command(projects.removeDirectory, async (ctx, input) => {
  const project = await lockProject(ctx, input.projectId);
  const directory = project.directories.find(({ daemonId }) => daemonId === input.daemonId);
  if (!directory) throw notFound("directory");
  if (ctx.actor.kind !== "member") throw humanRequired();
  const relation = directory.owner.id === ctx.actor.userId ? "own" : "other";
  if (!isAllowed(ctx.actor.role, "runtime.change", relation)) {
    throw roleRequired("the owner of the machine or an admin");
  }
  await deleteDirectory(ctx, { projectId: project.id, daemonId: input.daemonId });
  await noteDirectoriesChanged(ctx, project.id);
  await ctx.audit({
    action: "project.directory_removed",
    target: project.id,
    details: { machine: directory.machineName },
  });
  return getProject(ctx, project.id);
});
