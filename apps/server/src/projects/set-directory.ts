import type { DaemonId, MachineId, UserId } from "@headcount/contract/kit/ids";
import type { ParsedInputOf } from "@headcount/contract/kit/route";
import type { LocalDirectory } from "@headcount/contract/projects/directory";
import type { Project } from "@headcount/contract/projects/schemas";
import { projects } from "@headcount/contract/projects/routes";
import { capabilitiesFor } from "@headcount/domain/projects/directory-capabilities";
import { normalFolder, specialFolder } from "@headcount/domain/projects/special-folder";
import { AppError, notFound } from "../platform/app-error.ts";
import { roleRequired } from "../platform/authorise.ts";
import { steppedCommand } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { askMachine, type DirectoryVerdict } from "./ask-machine.ts";
import { lockProject } from "./lock-project.ts";
import { noteDirectoriesChanged } from "./note-directories-changed.ts";
import { getProject } from "./projects.ts";
import { upsertDirectory } from "./store.ts";

type Machine = {
  readonly machineId: MachineId;
  readonly machineName: string;
  readonly ownerId: UserId;
  readonly capabilities: readonly string[];
  readonly isOnline: boolean;
};

/**
 * Names a folder of the caller's own machine. The machine looks at it first; one that is off now
 * finds out when it runs a task.
 */
export const setProjectDirectory = steppedCommand(projects.setDirectory, {
  async look(ctx, input) {
    await getProject(ctx, input.projectId);
    return readOwnMachine(ctx, input);
  },
  async prepare(services, input, machine): Promise<DirectoryVerdict> {
    const canAnswer = machine.isOnline && machine.capabilities.includes("directory_check");
    return canAnswer ? askMachine(services, input.daemonId, directoryOf(input)) : "no_answer";
  },
  run: setDirectory,
});

type Wanted = ParsedInputOf<typeof projects.setDirectory>;

async function setDirectory(
  ctx: WorkspaceContext,
  input: Wanted,
  verdict: DirectoryVerdict,
): Promise<Project> {
  const project = await lockProject(ctx, input.projectId);
  const machine = await readOwnMachine(ctx, input);
  if (typeof verdict === "object") throw refused(verdict.problem);
  const directory = directoryOf(input);
  const place = { ...machine, projectId: project.id, daemonId: input.daemonId };
  if (!(await upsertDirectory(ctx, place, directory))) return getProject(ctx, project.id);
  await noteDirectoriesChanged(ctx, project.id);
  await ctx.audit({
    action: "project.directory_set",
    target: project.id,
    details: { machine: machine.machineName, ...directory },
  });
  return getProject(ctx, project.id);
}

const directoryOf = ({ path, mode }: Wanted): LocalDirectory => ({
  path: normalFolder(path),
  mode,
});

/** @throws forbidden for machines of others; invalid or conflict when it cannot work there */
async function readOwnMachine(ctx: WorkspaceContext, input: Wanted): Promise<Machine> {
  const machine = await readMachine(ctx, input.daemonId);
  if (ctx.actor.kind !== "member" || ctx.actor.userId !== machine.ownerId) {
    throw roleRequired("the owner of the machine");
  }
  assertUsable(directoryOf(input), machine);
  return machine;
}

function assertUsable(directory: LocalDirectory, machine: Machine): void {
  const special = specialFolder(directory.path);
  if (special !== null) {
    const message =
      special === "home"
        ? "A home directory as a whole is no place to work in. Name a directory in it."
        : "This directory belongs to the operating system. Name a directory of your own.";
    throw refused(message);
  }
  const needed = capabilitiesFor(directory.mode);
  if (needed.every((capability) => machine.capabilities.includes(capability))) return;
  throw new AppError(
    "conflict",
    `The daemon on ${machine.machineName} cannot work there in this way. Update Headcount on that machine, or choose the other way.`,
    { reason: "directory.unsupported" },
  );
}

function refused(message: string): AppError {
  return new AppError("invalid", message, {
    reason: "directory.refused",
    details: { fields: [{ path: "path", message }] },
  });
}

async function readMachine(ctx: WorkspaceContext, daemonId: DaemonId): Promise<Machine> {
  const [machine] = await ctx.sql<Machine[]>`
    select machine_id, machine_name, owner_id, capabilities, online as is_online from runtimes
    where workspace_id = ${ctx.workspaceId} and daemon_id = ${daemonId} and removed_at is null
    order by last_seen_at desc, id limit 1`;
  if (!machine) throw notFound("machine");
  return machine;
}
