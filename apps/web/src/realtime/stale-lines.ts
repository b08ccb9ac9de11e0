import type { QueryKey } from "../data/query-key.ts";
import { type AllOf, apart } from "./read-key.ts";

/** A line that several types share, since it looks at none of the change's data. */
type SharedLine = (all: AllOf) => readonly QueryKey[];

/** Where budgets and the tank stand, with the work that they count, hold and let go on. */
export const spend: SharedLine = (all) => [
  all("tank.balance"),
  all("budgets.list"),
  all("budgets.get"),
  all("budgets.preview"),
  all("budgets.periods"),
  all("budgets.tasks"),
];
export const anyBudget: SharedLine = (all) => [...spend(all), all("budgets.history")];
export const staff: SharedLine = (all) => [
  all("agents.list"),
  all("agents.get"),
  all("runtimes.list"),
];
/** Tasks say themselves that something holds them, and agents whether work given to them would run. */
export const heldWork: SharedLine = (all) => [
  ...anyBudget(all),
  ...staff(all),
  all("issues.get"),
  all("issues.list"),
  all("issues.board"),
  all("issues.tasks"),
  all("tasks.list"),
  all("tasks.get"),
];
export const tankLedger: SharedLine = (all) => [all("tank.balance"), all("tank.entries")];
export const heldAgents: SharedLine = (all) => [...heldWork(all), all("runaway.holds")];
export const news: SharedLine = (all) => [all("notices.list")];
export const webhook: SharedLine = (all) => [all("notices.webhook"), all("notices.deliveries")];
export const issueTexts: SharedLine = (all) => [
  all("issues.get"),
  all("issues.list"),
  all("issues.timeline"),
];
export const issuePlaces: SharedLine = (all) => [...issueTexts(all), all("issues.trash")];
export const talk: SharedLine = (all) => [...issueTexts(all), all("comments.list")];
export const work: SharedLine = (all) => [
  ...spend(all),
  ...staff(all),
  ...issueTexts(all),
  all("issues.tasks"),
  all("tasks.list"),
  all("tasks.get"),
];
export const people: SharedLine = (all) => [
  all("members.list"),
  all("invitations.list"),
  apart("account.bootstrap"),
];
export const invited: SharedLine = (all) => [all("invitations.list")];
export const projectList: SharedLine = (all) => [all("projects.list")];
const skillBindings: SharedLine = (all) => [
  all("skills.list"),
  all("skills.get"),
  all("agent-skills.list"),
];
export const skilledStaff: SharedLine = (all) => [...staff(all), ...skillBindings(all)];
export const skillList: SharedLine = (all) => [...skillBindings(all), all("skill-files.read")];
/** What a machine can do decides why its tasks wait. */
export const machines: SharedLine = (all) => [
  ...staff(all),
  all("issues.get"),
  all("issues.tasks"),
  all("tasks.list"),
  all("tasks.get"),
];
export const wholeWorkspace: SharedLine = (all) => [
  all("workspaces.get"),
  apart("account.bootstrap"),
];

/** Any question about usage, also about the tasks that it counts. */
export const usageAnswers: SharedLine = (all) => [
  all("usage.query"),
  all("usage.tasks"),
  all("usage.outcomes"),
  all("usage.forecast"),
  all("usage.failures"),
  all("usage.runtime"),
  all("usage.activity"),
];

/** A task counts in the books where it starts and where it ends. */
export const countedWork: SharedLine = (all) => [
  ...work(all),
  ...usageAnswers(all),
  all("usage.estimate"),
];

export const priceList: SharedLine = (all) => [all("prices.list"), all("prices.unpriced")];

/** What was booked before has another price, or another sum. */
export const everyUsage: SharedLine = (all) => [
  ...countedWork(all),
  ...priceList(all),
  all("issues.board"),
  all("usage.daily"),
  all("usage.issue"),
  all("usage.task"),
  all("usage.events"),
];

/** Tasks are listed with the titles of their issues. */
export const issueTitles: SharedLine = (all) => [
  ...usageAnswers(all),
  all("budgets.tasks"),
  all("tasks.list"),
  all("tasks.get"),
];

/** A pull request belongs to issues, and what it took is an answer about usage. */
export const pullRequestList: SharedLine = (all) => [
  all("pull-requests.list"),
  all("issues.pull-requests"),
  all("usage.outcomes"),
];
export const gitConnectionList: SharedLine = (all) => [all("git-connections.list")];
