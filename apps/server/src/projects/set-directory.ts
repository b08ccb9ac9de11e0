import type { DaemonId, MachineId, UserId } from "@headcount/contract/kit/ids";
import type { LocalDirectory } from "@headcount/contract/projects/directory";
import { projects } from "@headcount/contract/projects/routes";
import { capabilitiesFor } from "@headcount/domain/projects/directory-capabilities";
import { normalFolder, specialFolder } from "@headcount/domain/projects/special-folder";
import { AppError, notFound } from "../platform/app-error.ts";
import { roleRequired } from "../platform/authorise.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { lockProject } from "./lock-project.ts";
import { noteDirectoriesChanged } from "./note-directories-changed.ts";
import { getProject } from "./projects.ts";
import { upsertDirectory } from "./store.ts";

type Machine = {
  readonly machineId: MachineId;
  readonly machineName: string;
  readonly ownerId: UserId;
  readonly capabilities: readonly string[];
};

/**
 * Names a folder of the caller's own machine. Whether it is there is found out by that machine when
 * it runs a task, since it may be off now.
 */
export const setProjectDirectory = command(projects.setDirectory, async (ctx, input) => {
  const project = await lockProject(ctx, input.projectId);
  const machine = await readMachine(ctx, input.daemonId);
  if (ctx.actor.kind !== "member" || ctx.actor.userId !== machine.ownerId) {
    throw roleRequired("the owner of the machine");
  }
  const directory = { path: normalFolder(input.path), mode: input.mode };
  assertUsable(directory, machine);
  const place = { ...machine, projectId: project.id, daemonId: input.daemonId };
  if (!(await upsertDirectory(ctx, place, directory))) return getProject(ctx, project.id);
  await noteDirectoriesChanged(ctx, project.id);
  await ctx.audit({
    action: "project.directory_set",
    target: project.id,
    details: { machine: machine.machineName, ...directory },
  });
  return getProject(ctx, project.id);
});

function assertUsable(directory: LocalDirectory, machine: Machine): void {
  const special = specialFolder(directory.path);
  if (special !== null) {
    const message =
      special === "home"
        ? "A home directory as a whole is no place to work in. Name a directory in it."
        : "This directory belongs to the operating system. Name a directory of your own.";
    throw new AppError("invalid", message, {
      reason: "directory.refused",
      details: { fields: [{ path: "path", message }] },
    });
  }
  const needed = capabilitiesFor(directory.mode);
  if (needed.every((capability) => machine.capabilities.includes(capability))) return;
  throw new AppError(
    "conflict",
    `The daemon on ${machine.machineName} cannot work there in this way. Update Headcount on that machine, or choose the other way.`,
    { reason: "directory.unsupported" },
  );
}

async function readMachine(ctx: WorkspaceContext, daemonId: DaemonId): Promise<Machine> {
  const [machine] = await ctx.sql<Machine[]>`
    select machine_id, machine_name, owner_id, capabilities from runtimes
    where workspace_id = ${ctx.workspaceId} and daemon_id = ${daemonId} and removed_at is null
    order by last_seen_at desc, id limit 1`;
  if (!machine) throw notFound("machine");
  return machine;
}
