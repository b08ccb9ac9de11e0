import type {
  ChangeItem,
  ChangeType,
  KnownChange,
  KnownChangeOf,
} from "@headcount/contract/realtime/changes";
import { partialKey, type QueryKey } from "../data/query-key.ts";
import type { AllOf } from "./read-key.ts";
import {
  anyBudget,
  countedWork,
  everyUsage,
  gitConnectionList,
  heldAgents,
  heldWork,
  invited,
  issuePlaces,
  issueTexts,
  issueTitles,
  machines,
  news,
  people,
  priceList,
  projectList,
  pullRequestList,
  skilledStaff,
  skillList,
  spend,
  staff,
  talk,
  tankLedger,
  usageAnswers,
  webhook,
  wholeWorkspace,
  work,
} from "./stale-lines.ts";

type StaleOf<T extends ChangeType> = (all: AllOf, change: KnownChangeOf<T>) => readonly QueryKey[];

/**
 * Which reads each change makes stale. A change type without a line here does not compile. Boards
 * are not in it where a change names its issue: they take single issues (see
 * issues/board/use-board-feed.ts), because reloading every column for each step of an agent would
 * cost more than all other reads together.
 */
export const stale: { readonly [T in ChangeType]: StaleOf<T> } = {
  "workspace.updated": wholeWorkspace,
  "workspace.deleted": wholeWorkspace,
  "member.added": people,
  "member.updated": people,
  "member.removed": (all) => [...people(all), ...spend(all), ...usageAnswers(all)],
  "invitation.created": invited,
  "invitation.ended": invited,
  "project.created": projectList,
  "project.updated": projectList,
  "project.deleted": (all) => [...projectList(all), ...spend(all), ...usageAnswers(all)],
  "issue.created": issuePlaces,
  "issue.updated": (all, change) => [
    ...issueTexts(all),
    ...(change.changed.includes("title") ? issueTitles(all) : []),
  ],
  "issue.moved": issuePlaces,
  "issue.deleted": (all) => [...issuePlaces(all), ...issueTitles(all)],
  "issue.restored": (all) => [...issuePlaces(all), ...issueTitles(all)],
  "comment.created": talk,
  "comment.updated": talk,
  "comment.deleted": talk,
  "comment.resolved": talk,
  "agent.created": skilledStaff,
  "agent.updated": (all, change) =>
    change.changed.includes("skills") ? skilledStaff(all) : staff(all),
  "agent.archived": skilledStaff,
  "agent.restored": skilledStaff,
  "skill.created": skillList,
  "skill.updated": skillList,
  "skill.deleted": skillList,
  "runtime.registered": machines,
  "runtime.online": machines,
  "runtime.offline": machines,
  "runtime.updated": machines,
  "runtime.removed": (all) => [...machines(all), ...usageAnswers(all)],
  "task.queued": work,
  "task.dispatched": work,
  "task.waiting": work,
  "task.started": countedWork,
  "task.progress": (all, change) => [
    all("issues.get"),
    all("issues.list"),
    all("issues.tasks"),
    all("tasks.list"),
    all("tasks.get", { taskId: change.entity.id }),
  ],
  "task.ended": countedWork,
  "task.superseded": work,
  "usage.booked": (all, { data: { taskId, agentId } }) => [
    ...spend(all),
    ...usageAnswers(all),
    all("usage.daily"),
    all("usage.estimate", { agent: agentId }),
    all("usage.issue"),
    all("usage.task", { taskId }),
    all("usage.events", { taskId }),
    all("tasks.get", { taskId }),
    all("tasks.list", { agentId }),
    all("issues.tasks"),
    all("issues.get"),
    all("prices.unpriced"),
  ],
  "usage.imported": (all) => [
    ...spend(all),
    ...usageAnswers(all),
    ...priceList(all),
    all("usage.daily"),
    all("runtimes.list"),
  ],
  "usage.rebuilt": (all) => [...everyUsage(all), all("budgets.history"), all("usage.verification")],
  "usage.repriced": everyUsage,
  "price.set": priceList,
  "price.ended": priceList,
  "budget.created": anyBudget,
  "budget.updated": anyBudget,
  "budget.archived": anyBudget,
  "budget.threshold": anyBudget,
  "budget.exhausted": heldWork,
  "budget.lifted": heldWork,
  "tank.filled": tankLedger,
  "tank.settings": tankLedger,
  "tank.low": tankLedger,
  "tank.empty": heldWork,
  "runaway.held": heldAgents,
  "runaway.released": heldAgents,
  "notice.created": news,
  "notice.read": news,
  "webhook.updated": webhook,
  "webhook.delivery": webhook,
  "pull_request.created": pullRequestList,
  "pull_request.updated": pullRequestList,
  "pull_request.deleted": pullRequestList,
  "git_connection.created": gitConnectionList,
  "git_connection.updated": gitConnectionList,
  "git_connection.deleted": gitConnectionList,
};

/** Whether this version knows what a change means; one of a newer server it may not. */
export function isKnownChange(change: ChangeItem): change is KnownChange & ChangeItem {
  return Object.hasOwn(stale, change.type);
}

const names: ReadonlySet<string> = new Set(["name", "title", "customName", "issuePrefix"]);

/**
 * Whether something is called otherwise now: answers of every kind name agents, projects, machines
 * and keys of issues. Titles of issues change often; they have lines of their own.
 */
export function isRenaming({ entity, changed }: Pick<ChangeItem, "entity" | "changed">): boolean {
  return entity.kind !== "issue" && changed.some((member) => names.has(member));
}

/** The reads that a change makes stale, without repetition left to the caller. */
export function staleKeysOf(change: KnownChange, workspaceId: string): readonly QueryKey[] {
  const all: AllOf = (read, input) => partialKey(read, workspaceId, input);
  // The table's line for a type takes exactly that type's change; the union hides it from the compiler.
  const line = stale[change.type] as StaleOf<ChangeType>;
  return line(all, change as never);
}
