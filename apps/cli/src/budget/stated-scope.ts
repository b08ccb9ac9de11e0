import type { BudgetScope } from "@headcount/contract/budgets/words";
import type { Cli } from "../cli.ts";
import type { OptionValues } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findActor } from "../find/find-actor.ts";
import { findAgent } from "../find/find-agent.ts";
import { findProject } from "../find/find-project.ts";
import { findTaskId } from "../find/find-task.ts";

export const scopeOptions = {
  project: { value: "PROJECT", summary: "limit what is spent on a project" },
  agent: { value: "AGENT", summary: "limit what an agent spends" },
  issue: { value: "ISSUE", summary: "limit what is spent on an issue" },
  task: { value: "TASK", summary: "limit what a task and the runs that continue it spend" },
  member: { value: "MEMBER", summary: "limit what is spent for a person; me for yourself" },
} as const;

type Scope = { readonly scope: BudgetScope; readonly subject: string | null };

/** What a budget is to be about: at most one of the flags; the workspace without any. */
export async function statedScope(
  cli: Cli,
  stated: OptionValues<typeof scopeOptions>,
): Promise<Scope> {
  const { project, agent, issue, task, member } = stated;
  const given = Object.values({ project, agent, issue, task, member });
  if (given.filter((value) => value !== undefined).length > 1) {
    throw invalidUse(
      "A budget is about one thing.",
      "State one of --project, --agent, --issue, --task and --member, or none for the workspace.",
    );
  }
  if (project !== undefined)
    return { scope: "project", subject: (await findProject(cli, project)).id };
  if (agent !== undefined) return { scope: "agent", subject: (await findAgent(cli, agent)).id };
  if (issue !== undefined) return { scope: "issue", subject: issue };
  if (task !== undefined) return { scope: "task", subject: await findTaskId(cli, task) };
  if (member === undefined) return { scope: "workspace", subject: null };
  const actor = await findActor(cli, member);
  if (actor.type === "member") return { scope: "member", subject: actor.id };
  throw invalidUse(`${actor.name} is an agent.`, "Use --agent.");
}
