/** What a card says about a run: its state in detail, or why it waits. */
export const tasks = {
  stalledFor: "silent for",
  toolOpen: "tool open",
  stalledInTool: "A tool of the agent has been open without a word since then.",
  stalledInModel: "The agent has written nothing since then, and no tool is open.",
  lastEvent: ({ event }: { event: string }) => `Last: ${event}.`,
  statusDetail: {
    deferred: "Scheduled",
    queued: "Queued",
    dispatched: "Starting",
    waiting_directory: "Waiting for a directory",
    running: "Running",
    completed: "Completed",
    failed: "Failed",
    cancelled: "Cancelled",
  },
  waiting: {
    agent_archived: "The agent is archived",
    no_runtime: "The agent has no runtime",
    runtime_not_shared: "The runtime is not shared with the agent",
    held_by_guard: "The agent is held: it did far more than usual",
    held_by_budget: "Held by a budget",
    quota_wait: "The provider’s quota is used up",
    scheduled: "Scheduled for later",
    runtime_offline: "The machine is offline",
    runtime_broken: "The CLI on the machine has a problem",
    slot_busy: "The agent is already working on this issue",
    agent_busy: "The agent has reached its limit of parallel runs",
    machine_full: "The machine has no free slot",
    directory_busy: "The directory is in use",
    behind_others: "Other tasks go first",
    starting: "Starting",
    ready: "Waiting for the machine to pick it up",
  },
  heldByBudget: ({ budget }: { budget: string }) => `Held by the budget ${budget}`,
  heldByBudgetUntil: ({ budget, until }: { budget: string; until: string }) =>
    `Held by the budget ${budget}, resets at ${until}`,
  quotaUntil: ({ provider, until }: { provider: string; until: string }) =>
    `The quota at ${provider} is used up until ${until}`,
  ownQuotaUntil: (of: { account: string; provider: string; until: string }) =>
    `${of.account}’s own quota at ${of.provider} is used up until ${of.until}`,
};
