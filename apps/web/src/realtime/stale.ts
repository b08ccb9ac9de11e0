import type { agents } from "@headcount/contract/agents/routes";
import type { budgets } from "@headcount/contract/budgets/routes";
import type { comments, issues } from "@headcount/contract/issues/routes";
import type { Route } from "@headcount/contract/kit/route";
import type { invitations, members } from "@headcount/contract/members/routes";
import type { notices } from "@headcount/contract/notices/routes";
import type { projects } from "@headcount/contract/projects/routes";
import type {
  ChangeItem,
  ChangeType,
  KnownChange,
  KnownChangeOf,
} from "@headcount/contract/realtime/changes";
import type { runaway } from "@headcount/contract/runaway/routes";
import type { runtimes } from "@headcount/contract/runtimes/routes";
import type { agentSkills, skillFiles, skills } from "@headcount/contract/skills/routes";
import type { tank } from "@headcount/contract/tank/routes";
import type { tasks } from "@headcount/contract/tasks/routes";
import type { books } from "@headcount/contract/usage/books-routes";
import type { prices } from "@headcount/contract/usage/price-routes";
import type { usageEvents } from "@headcount/contract/usage/event-routes";
import type { usageForecasts } from "@headcount/contract/usage/forecast-routes";
import type { usageQueries } from "@headcount/contract/usage/query-routes";
import type { usage } from "@headcount/contract/usage/routes";
import type { account } from "@headcount/contract/users/routes";
import type { workspaces } from "@headcount/contract/workspaces/routes";
import { partialKey, type QueryKey } from "../data/query-key.ts";

type NameOf<Routes extends Readonly<Record<string, Route>>> = Routes[keyof Routes]["name"];

/**
 * Reads are named, not imported: what the pages that load later ask and answer would otherwise all
 * be on the way to the first card.
 */
type ReadName =
  | NameOf<typeof account>
  | NameOf<typeof agents>
  | NameOf<typeof agentSkills>
  | NameOf<typeof books>
  | NameOf<typeof budgets>
  | NameOf<typeof comments>
  | NameOf<typeof invitations>
  | NameOf<typeof issues>
  | NameOf<typeof members>
  | NameOf<typeof notices>
  | NameOf<typeof prices>
  | NameOf<typeof projects>
  | NameOf<typeof runaway>
  | NameOf<typeof runtimes>
  | NameOf<typeof skillFiles>
  | NameOf<typeof skills>
  | NameOf<typeof tank>
  | NameOf<typeof tasks>
  | NameOf<typeof usage>
  | NameOf<typeof usageEvents>
  | NameOf<typeof usageForecasts>
  | NameOf<typeof usageQueries>
  | NameOf<typeof workspaces>;

/** Every read of that name in the workspace, or of the inputs that are given in part. */
type AllOf = (read: ReadName, input?: Readonly<Record<string, unknown>>) => QueryKey;

/** What is read about no workspace in particular. */
const apart = (read: ReadName): QueryKey => [read];

type StaleOf<T extends ChangeType> = (all: AllOf, change: KnownChangeOf<T>) => readonly QueryKey[];

/** A line that several types share, since it looks at none of the change's data. */
type SharedLine = (all: AllOf) => readonly QueryKey[];

/** Where budgets and the tank stand. */
const spend: SharedLine = (all) => [
  all("tank.balance"),
  all("budgets.list"),
  all("budgets.get"),
  all("budgets.periods"),
  all("budgets.tasks"),
];
const anyBudget: SharedLine = (all) => [...spend(all), all("budgets.history")];
/** Tasks say themselves that a budget holds them. */
const heldWork: SharedLine = (all) => [
  ...anyBudget(all),
  all("issues.get"),
  all("issues.list"),
  all("issues.board"),
  all("issues.tasks"),
  all("tasks.list"),
  all("tasks.get"),
  all("tasks.why"),
];
const tankLedger: SharedLine = (all) => [all("tank.balance"), all("tank.entries")];
const heldAgents: SharedLine = (all) => [...heldWork(all), all("runaway.holds")];
const news: SharedLine = (all) => [all("notices.list")];
const webhook: SharedLine = (all) => [all("notices.webhook"), all("notices.deliveries")];
const issueTexts: SharedLine = (all) => [
  all("issues.get"),
  all("issues.list"),
  all("issues.timeline"),
];
const issuePlaces: SharedLine = (all) => [
  all("issues.get"),
  all("issues.list"),
  all("issues.timeline"),
  all("issues.trash"),
];
const talk: SharedLine = (all) => [
  all("issues.timeline"),
  all("comments.list"),
  all("issues.list"),
  all("issues.get"),
];
const work: SharedLine = (all) => [
  all("issues.get"),
  all("issues.list"),
  all("issues.timeline"),
  all("issues.tasks"),
  all("tasks.list"),
  all("tasks.get"),
  all("tasks.why"),
  all("agents.list"),
  all("agents.get"),
  all("runtimes.list"),
  all("runtimes.get"),
];
const people: SharedLine = (all) => [
  all("members.list"),
  all("invitations.list"),
  apart("account.bootstrap"),
];
const invited: SharedLine = (all) => [all("invitations.list")];
const projectList: SharedLine = (all) => [all("projects.list"), all("projects.get")];
const staff: SharedLine = (all) => [
  all("agents.list"),
  all("agents.get"),
  all("runtimes.list"),
  all("runtimes.get"),
];
const skillBindings: SharedLine = (all) => [
  all("skills.list"),
  all("skills.get"),
  all("agent-skills.list"),
];
const skillList: SharedLine = (all) => [...skillBindings(all), all("skill-files.read")];
/** What a machine can do decides why its tasks wait. */
const machines: SharedLine = (all) => [
  all("runtimes.list"),
  all("runtimes.get"),
  all("agents.list"),
  all("agents.get"),
  all("issues.get"),
  all("issues.tasks"),
  all("tasks.list"),
  all("tasks.get"),
  all("tasks.why"),
];
const wholeWorkspace: SharedLine = (all) => [
  all("workspaces.get"),
  apart("workspaces.list"),
  apart("account.bootstrap"),
];

/** Any question about usage, also about the tasks that it counts. */
const usageAnswers: SharedLine = (all) => [
  all("usage.query"),
  all("usage.tasks"),
  all("usage.outcomes"),
  all("usage.forecast"),
  all("usage.failures"),
];

const everyUsage: SharedLine = (all) => [
  ...usageAnswers(all),
  all("usage.daily"),
  all("usage.summary"),
  all("usage.runtime"),
  all("usage.issue"),
  all("usage.task"),
  all("usage.events"),
  all("tasks.get"),
  all("issues.tasks"),
  all("issues.get"),
];

/** A task counts in the books where it starts and where it ends. */
const countedWork: SharedLine = (all) => [
  ...work(all),
  ...usageAnswers(all),
  all("usage.estimate"),
];

const priceList: SharedLine = (all) => [
  all("prices.list"),
  all("prices.overrides"),
  all("prices.unpriced"),
];

/**
 * Which reads each change makes stale. A change type without a line here does not compile. Boards
 * are not in it: they take single issues (see issues/board/use-board-feed.ts), because reloading
 * every column for each step of an agent would cost more than all other reads together.
 */
export const stale: { readonly [T in ChangeType]: StaleOf<T> } = {
  "workspace.updated": wholeWorkspace,
  "workspace.deleted": wholeWorkspace,
  "member.added": people,
  "member.updated": people,
  "member.removed": people,
  "invitation.created": invited,
  "invitation.ended": invited,
  "project.created": projectList,
  "project.updated": projectList,
  "project.deleted": projectList,
  "issue.created": issuePlaces,
  "issue.updated": issueTexts,
  "issue.moved": issuePlaces,
  "issue.deleted": issuePlaces,
  "issue.restored": issuePlaces,
  "comment.created": talk,
  "comment.updated": talk,
  "comment.deleted": talk,
  "comment.resolved": talk,
  "agent.created": staff,
  "agent.updated": (all, change) => [
    ...staff(all),
    ...(change.changed.includes("skills") ? skillBindings(all) : []),
  ],
  "agent.archived": staff,
  "agent.restored": staff,
  "skill.created": skillList,
  "skill.updated": skillList,
  "skill.deleted": skillList,
  "runtime.registered": machines,
  "runtime.online": machines,
  "runtime.offline": machines,
  "runtime.updated": machines,
  "runtime.removed": machines,
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
  "usage.booked": (all, change) => [
    ...spend(all),
    ...usageAnswers(all),
    all("usage.daily"),
    all("usage.summary"),
    all("usage.runtime"),
    all("usage.issue"),
    all("usage.task", { taskId: change.data.taskId }),
    all("usage.events", { taskId: change.data.taskId }),
    all("tasks.get", { taskId: change.data.taskId }),
    all("issues.tasks"),
    all("issues.get"),
  ],
  "usage.imported": (all) => [
    ...spend(all),
    ...usageAnswers(all),
    all("usage.daily"),
    all("usage.summary"),
    ...priceList(all),
  ],
  "usage.rebuilt": (all) => [...everyUsage(all), all("usage.verification")],
  "usage.repriced": (all) => [
    ...spend(all),
    ...everyUsage(all),
    ...priceList(all),
    all("prices.repricings"),
  ],
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
};

/** Whether this version knows what a change means; one of a newer server it may not. */
export function isKnownChange(change: ChangeItem): change is KnownChange & ChangeItem {
  return Object.hasOwn(stale, change.type);
}

/** The reads that a change makes stale, without repetition left to the caller. */
export function staleKeysOf(change: KnownChange, workspaceId: string): readonly QueryKey[] {
  const all: AllOf = (read, input) => partialKey(read, workspaceId, input);
  // The table's line for a type takes exactly that type's change; the union hides it from the compiler.
  const line = stale[change.type] as StaleOf<ChangeType>;
  return line(all, change as never);
}
