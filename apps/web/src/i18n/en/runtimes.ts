import { plural } from "../plural.ts";

/** Machines and the agent programs on them. */
export const runtimes = {
  title: "Runtimes",
  add: "Add a computer",
  ownerFilter: "Whose machines",
  ownerAll: "Everyone",
  ownerMe: "Mine",
  emptyTitle: "A runtime is an agent program on one of your computers",
  emptyHint: "Connect a computer and Headcount finds the programs on it.",
  emptyOwner: "This person has no machine that you may see.",
  health: {
    online: "Online",
    recently_lost: "Just lost",
    offline: "Offline",
    expiring: "Gone for days",
  },
  lastSeen: "last seen",
  slots: ({ used, total }: { used: number; total: number }) => `${used} of ${total} slots in use`,
  daemon: ({ version }: { version: string }) => `daemon ${version}`,
  outboxEmpty: "Everything delivered",
  outbox: ({ count }: { count: number }) =>
    plural("en", count, { one: "# record to deliver", other: "# records to deliver" }),
  outboxOldest: "oldest",
  outboxHint:
    "What this machine still has to hand over: transcript rows, results and usage. Nothing is lost while it waits.",
  ownedBy: ({ owner }: { owner: string }) => `owned by ${owner}`,
  yours: "yours",
  agentsLabel: "Agents",
  coverage: { exact: "usage exact", partial: "usage partial", none: "no usage data" },
  coverageTitle: {
    exact: "Every call of the model is measured.",
    partial: "Some of what it uses cannot be measured.",
    none: "This program does not report what it uses.",
  },
  verified: "verified",
  verifiedHint: "Tested with the real program.",
  verifiedWith: ({ version }: { version: string }) =>
    `Tested with the real program, version ${version}.`,
  unverified: "unverified",
  unverifiedHint: "Built from its documentation; not yet tested with the real program.",
  tutorial: "tutorial, no model",
  sharing: { private: "Private", workspace: "Shared" },
  share: "Share with the workspace",
  unshare: "Make private",
  rename: "Rename",
  renameTitle: "Rename this runtime",
  renameHint: ({ name }: { name: string }) => `Empty gives it its own name back: ${name}`,
  remove: "Remove",
  removeTitle: ({ name }: { name: string }) => `Remove ${name}?`,
  removeUnused:
    "No agent uses it. If the program is still on that machine, it appears again when the daemon next reports.",
  removeUsed: ({ count }: { count: number }) =>
    plural("en", count, {
      one: "# agent loses its runtime and takes no work until you give it another one:",
      other: "# agents lose their runtime and take no work until you give them another one:",
    }),
  removeTasks: ({ count }: { count: number }) =>
    plural("en", count, {
      one: "# running task on it is cancelled.",
      other: "# running tasks on it are cancelled.",
    }),
  removeAction: "Remove runtime",
  problem: {
    not_found: "The program is no longer installed on this machine.",
    not_runnable: "The program is there but does not start.",
    too_old: "This version is too old for Headcount.",
    disk_full: "The disk is full, so no work is taken.",
    no_answer: "The program did not answer in time; the machine may be busy.",
    install_incomplete: "Only the launcher is installed: its install script did not run.",
  },
  signedOut: "not signed in",
  signedOutHint:
    "Without an account its runs fail, unless the agent brings a key in its environment. Sign in on that machine:",
  models: "Models",
  modelsCount: ({ count }: { count: number }) =>
    plural("en", count, { one: "# model", other: "# models" }),
  modelsSource: {
    cli: "Listed by the program itself.",
    catalogue: "Not listed by the program: names that it is known to take.",
    none: "No list. Any name that the program takes can be typed.",
  },
  modelsAsk: "Ask again",
  modelsAsking: "Asking the program…",
  modelsFailed: "The program gave no answer in time.",
  problemUnknown: "It cannot run work right now.",
  repair: "To repair it",
  usage: "Usage",
  usageHours: "By hour of the day",
  usageNone: "Nothing has run here in the last 90 days.",
  addTitle: "Add a computer",
  addHint:
    "Run these two commands in a terminal on the computer you want to add. It appears here as soon as it is connected.",
  addFirst: "1. Sign in there and enrol the machine",
  addSecond: "2. Start its daemon",
  addWaiting: "Waiting for a new machine…",
  addFound: ({ machine }: { machine: string }) => `${machine} is connected.`,
  addPrograms: ({ count }: { count: number }) =>
    plural("en", count, { one: "# program found", other: "# programs found" }),
  addNeeds: "The computer needs Node.js 20 or later and the headcount command.",
};
