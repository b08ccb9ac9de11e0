import { issues } from "@headcount/contract/issues/routes";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { server } from "@headcount/contract/server/routes";
import { writeNewIssue } from "../issues/create-issue.ts";
import { AppError } from "../platform/app-error.ts";
import { humanRequired } from "../platform/authorise.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { readRuntimes } from "../runtimes/read-runtimes.ts";
import { ensureTutorialAgent, tutorialCli } from "./tutorial-agent.ts";

/** Queues a scripted task on the caller's machine, along the same way that real work takes. */
export const startDoctorRun = command(server.doctorRun, async (ctx, input) => {
  if (ctx.actor.kind !== "member") throw humanRequired();
  const runtime = await findRuntime(ctx);
  const agentId = await ensureTutorialAgent(ctx, runtime.owner, runtime.id);
  const { issue, triggers } = await writeNewIssue(
    ctx,
    issues.create.input.parse({
      workspace: input.workspace,
      title: `Doctor run ${ctx.now.toISOString().slice(0, 19).replace("T", " ")}`,
      description: "Proves that work reaches this machine and comes back with its usage.",
      assignee: { type: "agent", id: agentId },
      allowDuplicate: true,
    }),
  );
  const [trigger] = triggers;
  if (!trigger?.taskId) {
    throw new AppError("conflict", trigger?.detail ?? "The test task could not be queued.", {
      reason: trigger?.reason ?? "doctor.not_started",
    });
  }
  return { taskId: trigger.taskId, issueKey: issue.key };
});

/** The caller's machine that was heard of last and can run the tutorial agent. */
async function findRuntime(ctx: WorkspaceContext): Promise<Runtime> {
  if (ctx.actor.kind !== "member") throw humanRequired();
  const own = await readRuntimes(ctx, { ownerId: ctx.actor.userId });
  const ready = own
    .filter((runtime) => runtime.cli === tutorialCli && runtime.health === "online")
    .filter((runtime) => runtime.problem === null)
    .toSorted((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt));
  const [runtime] = ready;
  if (runtime) return runtime;
  throw new AppError(
    "conflict",
    "None of your machines is online in this workspace. Run `headcount daemon start` on one.",
    { reason: "doctor.no_runtime" },
  );
}
