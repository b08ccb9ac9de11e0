import { plural } from "../plural.ts";

/** The tank, agents that are held, and notices. */
export const tank = {
  title: "Tank",
  hint: "Prepaid money. What is billed is taken from it, exactly and at once.",
  ofWorkspace: "Workspace",
  ofPerson: ({ name }: { name: string }) => `Tank of ${name}`,
  left: "Left",
  leftOf: ({ balance, full }: { balance: string; full: string }) => `${balance} of ${full}`,
  level: ({ percent }: { percent: number }) => `${percent}% left`,
  empty: "Empty",
  perHour: ({ amount }: { amount: string }) => `${amount} per hour`,
  burns: "Burns",
  still: "Nothing in the last hours",
  emptyIn: ({ time }: { time: string }) => `empty ${time}`,
  emptyAt: "Empty",
  notInSight: "not in sight",
  paidIn: "Paid in",
  spent: "Spent",
  since: ({ date }: { date: string }) => `since ${date}`,
  held: ({ count }: { count: number }) =>
    plural("en", count, { one: "# task waits for it", other: "# tasks wait for it" }),
  topUp: "Top up",
  topUpTitle: ({ name }: { name: string }) => `Top up: ${name}`,
  topUpHint: "What waited for it goes on at once, in the same sessions.",
  firstHint: "What is billed counts from the first top-up on.",
  amount: "US dollars",
  amountWrong: "An amount above zero, such as 250 or 12.50.",
  note: "Note",
  noteHint: "An invoice, a contract; optional.",
  whenEmpty: "When empty",
  actions: {
    notify: "People are told",
    hold: "No task starts",
    stop: "Running tasks stop as well",
  },
  emptyTitle: "Pay in first, spend after",
  emptyHint: "A tank shows what is left of prepaid money, how fast it burns and when it is empty.",
  emptyForMembers: "Nobody has paid in yet. Admins can.",
  history: "Entries",
  at: "When",
  by: "By",
  kinds: { top_up: "Top-up", correction: "Correction" },
  heldName: ({ name }: { name: string }) => `${name} is held.`,
  heldSince: "It starts nothing until a person lets it go on.",
  heldForOthers: "It starts nothing until its owner or an admin lets it go on.",
  releaseLabel: ({ name }: { name: string }) => `Let it go on: ${name}`,
  release: "Let it go on",
  notices: "Notices",
  noticesUnread: ({ count }: { count: number }) =>
    plural("en", count, { one: "Notices, # unread", other: "Notices, # unread" }),
  noNotices: "Nothing to tell. Budgets, the tank and held agents speak up here.",
  readAll: "Mark all read",
  unread: "Unread",
  noticeTitles: {
    budget_threshold: ({ name, percent }: { name: string; percent: string }) =>
      `${name}: ${percent}% used`,
    budget_exhausted: ({ name }: { name: string }) => `${name}: the limit is reached`,
    budget_lifted: ({ name }: { name: string }) => `${name}: there is room again`,
    tank_low: ({ name, percent }: { name: string; percent: string }) =>
      `${name}: less than ${percent}% is left`,
    tank_empty: ({ name }: { name: string }) => `${name} is empty`,
    agent_held: ({ name }: { name: string }) => `${name} is held`,
  },
  usedOf: ({ spent, limit }: { spent: string; limit: string }) => `${spent} of ${limit} used`,
  saw: {
    fast: ({ recent, usual }: { recent: string; usual: string }) =>
      `It used ${recent} within a quarter of an hour, where it rarely exceeds ${usual}.`,
    fastAndNew: ({ recent }: { recent: string }) =>
      `It used ${recent} within a quarter of an hour, and is too new to tell whether it needs that.`,
    stormOnIssue: ({ tasks }: { tasks: number }) =>
      `It was started ${tasks} times on one issue within ten minutes.`,
    storm: ({ tasks }: { tasks: number }) =>
      `It was started ${tasks} times by nobody in person within ten minutes.`,
    noEffect: ({ runs }: { runs: number }) =>
      `Its last ${runs} runs on one issue ended without any effect.`,
    repeats: ({ tool, times }: { tool: string; times: number }) =>
      `It called ${tool} ${times} times with the same input within ten minutes.`,
  },
  guardSaw: {
    velocity: "It spends far more than it ever did.",
    trigger_storm: "It is started over and over.",
    loop: "It repeats itself without getting anywhere.",
  },
};
