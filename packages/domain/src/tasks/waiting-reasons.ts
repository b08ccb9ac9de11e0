import type { BudgetAction, BudgetUnit } from "@headcount/contract/budgets/words";
import type { RuntimeHealth } from "@headcount/contract/runtimes/schemas";
import type { TaskStatus, WaitingCode, WaitingReason } from "@headcount/contract/tasks/states";

/** The runtime an agent is bound to, as the explainer sees it. */
export type WaitingRuntime = {
  readonly name: string;
  readonly machineName: string;
  readonly ownerName: string;
  /** Shared with the workspace, or owned by the agent's owner. */
  readonly usableByAgent: boolean;
  readonly health: RuntimeHealth;
  readonly lastSeenAt: string;
  /** Machine-readable reason why it cannot run work, null when it can. */
  readonly problem: string | null;
  readonly problemDetail: string | null;
  readonly repairHint: string | null;
  readonly slots: { readonly total: number; readonly free: number };
};

/** Everything that decides why a task is not running. Instants are ISO 8601. */
export type WaitingFacts = {
  readonly status: Extract<TaskStatus, "deferred" | "queued" | "dispatched" | "waiting_directory">;
  readonly queuedAt: string;
  readonly agent: {
    readonly name: string;
    readonly archivedAt: string | null;
    /** Tasks of the agent that hold capacity now, this one not counted. */
    readonly activeTasks: number;
    readonly maxConcurrentTasks: number;
  };
  /** Null when the agent is bound to none. */
  readonly runtime: WaitingRuntime | null;
  /** What the guard against runaway agents has seen, while it holds the agent. */
  readonly guard: { readonly since: string; readonly detail: string } | null;
  /** The budget that keeps the task from starting; of several the one that does so longest. */
  readonly budget: {
    readonly id: string;
    readonly name: string;
    readonly unit: BudgetUnit;
    readonly action: BudgetAction;
    /** Amounts as the API writes them. */
    readonly spent: string;
    readonly limit: string;
    /** One English sentence: how much is used. */
    readonly standing: string;
    readonly since: string;
    /** When there is room again by itself; null when a person has to make some. */
    readonly until: string | null;
  } | null;
  /** Time before which a deferred task does not start, and what it waits out. */
  readonly schedule: {
    readonly fireAt: string;
    readonly why: "retry" | "fallback" | "backoff";
  } | null;
  /** Quota of the provider account that the runtime uses, while it is exhausted. */
  readonly quota: {
    readonly provider: string;
    /** Who brings keys of their own; null for the sign-in of the CLI on its machine. */
    readonly account: string | null;
    readonly since: string;
    readonly until: string;
  } | null;
  /** Another task of the same agent on the same issue that is under way. */
  readonly slotTask: { readonly taskId: string; readonly since: string } | null;
  /** Who holds the directory that the task needs. */
  readonly directory: {
    readonly name: string;
    readonly holder: string;
    readonly since: string;
  } | null;
  /** Claimable tasks for the same runtime that go first. */
  readonly ahead: { readonly tasks: number; readonly highestPriority: number } | null;
  /** What the daemon that claimed the task is doing. */
  readonly preparing: { readonly step: string; readonly since: string } | null;
};

type Explain = (facts: WaitingFacts) => WaitingReason | null;

/**
 * Every reason why a task is not running yet, the decisive one first; never empty. A task that
 * nothing stands in the way of is `ready`: the next claim takes it.
 */
export function waitingReasons(
  facts: WaitingFacts,
): readonly [WaitingReason, ...(readonly WaitingReason[])] {
  const claimed = facts.status === "dispatched" || facts.status === "waiting_directory";
  const explainers = claimed ? afterClaim : beforeClaim;
  const [first, ...rest] = explainers.map((explain) => explain(facts)).filter((it) => it !== null);
  if (first !== undefined) return [first, ...rest];
  return [claimed ? starting(facts) : ready(facts)];
}

const agentArchived: Explain = ({ agent }) =>
  agent.archivedAt === null
    ? null
    : reason("agent_archived", {
        since: agent.archivedAt,
        detail: `${agent.name} is archived.`,
        action: "Restore the agent.",
        facts: { agent: agent.name },
      });

const noRuntime: Explain = ({ runtime, agent, queuedAt }) =>
  runtime !== null
    ? null
    : reason("no_runtime", {
        since: queuedAt,
        detail: `${agent.name} has no runtime to run on.`,
        action: "Choose a runtime in the agent's settings.",
        facts: { agent: agent.name },
      });

const runtimeNotShared: Explain = ({ runtime, queuedAt }) =>
  runtime === null || runtime.usableByAgent
    ? null
    : reason("runtime_not_shared", {
        since: queuedAt,
        detail: `The runtime ${runtime.name} is private to ${runtime.ownerName}.`,
        action: `Ask ${runtime.ownerName} to share it, or choose another runtime.`,
        facts: { runtime: runtime.name, owner: runtime.ownerName },
      });

const heldByGuard: Explain = ({ guard, agent }) =>
  guard === null
    ? null
    : reason("held_by_guard", {
        since: guard.since,
        detail: `${guard.detail} It is held until a person has looked.`,
        action: `Let it go on on the agent's page, or run: headcount agent release "${agent.name}"`,
        facts: { agent: agent.name },
      });

const heldByBudget: Explain = ({ budget }) =>
  budget === null
    ? null
    : reason("held_by_budget", {
        since: budget.since,
        detail: `Held by the budget ${budget.name}: ${budget.standing} ${
          budget.until === null ? "It has no reset." : `It resets at ${budget.until}.`
        }`,
        action: `Raise its limit, or ask an admin to: headcount budget raise "${budget.name}"`,
        facts: {
          budget: budget.name,
          budgetId: budget.id,
          unit: budget.unit,
          spent: budget.spent,
          limit: budget.limit,
          resetsAt: budget.until,
          action: budget.action,
        },
      });

const quotaWait: Explain = ({ quota }) =>
  quota === null
    ? null
    : reason("quota_wait", {
        since: quota.since,
        detail: `${quotaName(quota)} is used up until ${quota.until}.`,
        action: "Run it now, if the account has quota again.",
        facts: { provider: quota.provider, account: quota.account, until: quota.until },
      });

const quotaName = ({ provider, account }: NonNullable<WaitingFacts["quota"]>): string =>
  account === null
    ? `The quota of the machine's account at ${provider}`
    : `The quota of ${account}'s own account at ${provider}`;

const scheduleTexts = {
  retry: "The next attempt starts at",
  fallback: "It starts unless the addressed agent answers before",
  backoff: "It waits out a pause until",
} as const;

const scheduled: Explain = ({ status, schedule, queuedAt }) =>
  status !== "deferred" || schedule === null
    ? null
    : reason("scheduled", {
        since: queuedAt,
        detail: `${scheduleTexts[schedule.why]} ${schedule.fireAt}.`,
        action: "Run it now.",
        facts: { fireAt: schedule.fireAt, why: schedule.why },
      });

const runtimeOffline: Explain = ({ runtime }) =>
  runtime === null || runtime.health === "online"
    ? null
    : reason("runtime_offline", {
        since: runtime.lastSeenAt,
        detail: `${runtime.machineName} was last seen at ${runtime.lastSeenAt}.`,
        action: `On ${runtime.machineName}, run: headcount daemon start`,
        facts: { machine: runtime.machineName, lastSeenAt: runtime.lastSeenAt },
      });

const runtimeBroken: Explain = ({ runtime, queuedAt }) =>
  runtime === null || runtime.problem === null
    ? null
    : reason("runtime_broken", {
        since: queuedAt,
        detail: runtime.problemDetail ?? `The runtime ${runtime.name} cannot run work.`,
        action: runtime.repairHint ?? `On ${runtime.machineName}, run: headcount daemon probe`,
        facts: { runtime: runtime.name, problem: runtime.problem },
      });

const slotBusy: Explain = ({ slotTask, agent }) =>
  slotTask === null
    ? null
    : reason("slot_busy", {
        since: slotTask.since,
        detail: `${agent.name} is still working on this issue.`,
        action: "Open the run that is under way.",
        facts: { taskId: slotTask.taskId },
      });

const agentBusy: Explain = ({ agent, queuedAt }) =>
  agent.activeTasks < agent.maxConcurrentTasks
    ? null
    : reason("agent_busy", {
        since: queuedAt,
        detail: `${agent.name} runs ${agent.activeTasks} of ${agent.maxConcurrentTasks} tasks.`,
        action: "Raise the agent's limit of parallel tasks.",
        facts: { running: agent.activeTasks, limit: agent.maxConcurrentTasks },
      });

const machineFull: Explain = ({ runtime, queuedAt }) =>
  runtime === null || runtime.health !== "online" || runtime.slots.free > 0
    ? null
    : reason("machine_full", {
        since: queuedAt,
        detail: `All ${runtime.slots.total} slots of ${runtime.machineName} are taken.`,
        action: null,
        facts: {
          machine: runtime.machineName,
          running: runtime.slots.total - runtime.slots.free,
          total: runtime.slots.total,
        },
      });

const directoryBusy: Explain = ({ directory }) =>
  directory === null
    ? null
    : reason("directory_busy", {
        since: directory.since,
        detail: `The directory ${directory.name} is in use by ${directory.holder}.`,
        action: null,
        facts: { directory: directory.name, holder: directory.holder },
      });

const behindOthers: Explain = ({ ahead, queuedAt }) =>
  ahead === null || ahead.tasks === 0
    ? null
    : reason("behind_others", {
        since: queuedAt,
        detail: ahead.tasks === 1 ? "One task goes first." : `${ahead.tasks} tasks go first.`,
        action: "Raise the priority of the issue.",
        facts: { tasks: ahead.tasks, highestPriority: ahead.highestPriority },
      });

/** In the order of importance: what a person must repair, then what time repairs. */
const beforeClaim: readonly Explain[] = [
  agentArchived,
  noRuntime,
  runtimeNotShared,
  heldByGuard,
  heldByBudget,
  quotaWait,
  scheduled,
  runtimeOffline,
  runtimeBroken,
  slotBusy,
  agentBusy,
  machineFull,
  directoryBusy,
  behindOthers,
];

/** A claimed task no longer waits for what the claim has already granted. */
const afterClaim: readonly Explain[] = [runtimeOffline, directoryBusy, (facts) => starting(facts)];

function starting({ preparing, queuedAt, runtime }: WaitingFacts): WaitingReason {
  const where = runtime === null ? "A machine" : runtime.machineName;
  return reason("starting", {
    since: preparing?.since ?? queuedAt,
    detail: `${where} has taken the task and prepares it.`,
    action: null,
    facts: { step: preparing?.step ?? "preparing" },
  });
}

function ready({ queuedAt, runtime }: WaitingFacts): WaitingReason {
  const where = runtime === null ? "A machine" : runtime.machineName;
  return reason("ready", {
    since: queuedAt,
    detail: `${where} takes it with its next claim.`,
    action: null,
    facts: {},
  });
}

function reason(code: WaitingCode, rest: Omit<WaitingReason, "code">): WaitingReason {
  return { code, ...rest };
}
