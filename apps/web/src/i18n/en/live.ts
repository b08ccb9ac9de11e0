import { plural } from "../plural.ts";

type OfBucket = (of: { unit: string }) => string;
type OfRun = { agent: string; issue: string };

const per =
  (bucket: string): OfBucket =>
  ({ unit }) =>
    `${unit} per ${bucket}`;

/** The live page. */
export const live = {
  title: "Live",
  emptyTitle: "Agents at work show up here",
  emptyHint:
    "As soon as an issue is given to an agent you see what it does, what it uses and what that costs, as it happens.",
  stale: ({ time }: { time: string }) => `as of ${time}`,
  gapTitle: "Looks at the workspace are late.",
  gapHint: "Agents and queue are missing from the chart until the server looks again.",
  wall: "Wall mode",
  leaveWall: "Leave wall mode",
  zone: ({ zone }: { zone: string }) => `Times as in ${zone}.`,
  gaugesLabel: "Gauges",
  gaugeOf: ({ figure, scale }: { figure: string; scale: string }) => `${figure}, scale to ${scale}`,
  busy: ({ figure }: { figure: string }) =>
    `95 of 100 busy minutes of the last 7 days below ${figure}`,
  tokens: "Tokens",
  perMinute: "per minute",
  perHour: "per hour",
  tokensIn: ({ figure }: { figure: string }) => `${figure} in`,
  tokensOut: ({ figure }: { figure: string }) => `${figure} out`,
  tokensCached: ({ figure }: { figure: string }) => `${figure} cache`,
  overFiveMinutes: ({ figure }: { figure: string }) => `${figure} over 5 min`,
  cost: "Cost",
  billed: "Billed",
  notionalCost: "List price of subscriptions",
  lastHour: ({ figure }: { figure: string }) => `${figure} in the last hour`,
  someUnpriced: "some unpriced",
  lines: "Lines changed",
  linesOfHour: ({ added, deleted }: { added: string; deleted: string }) =>
    `+${added} −${deleted} in the last hour`,
  atWork: "Runs at work",
  ofSlots: ({ count }: { count: number }) =>
    plural("en", count, { one: "of # slot", other: "of # slots" }),
  agents: ({ count }: { count: number }) =>
    plural("en", count, { one: "# agent", other: "# agents" }),
  inQueue: ({ count }: { count: number }) => `${count} waiting`,
  queueDepth: "Waiting",
  capacity: "Slots",
  openIssues: "Open issues",
  closedToday: "Closed today",
  errorRate: "Failed, last hour",
  errorRateNow: "Failed, last 5 min",
  failedOf: ({ failed, ended }: { failed: number; ended: number }) => `${failed} of ${ended}`,
  workTitle: "At work",
  workEmpty: "No agent is running.",
  forPerson: ({ name }: { name: string }) => `for ${name}`,
  queueTitle: "Waiting",
  queueEmpty: "Nothing waits.",
  more: ({ count }: { count: number }) => `and ${count} more`,
  activityTitle: "Activity",
  activityEmpty: "Nothing has happened yet.",
  seriesTitle: "Over time",
  chartLabel: "Usage and work over time",
  overviewLabel: "Tokens around the shown range",
  span: "Time shown",
  spans: { "15m": "15 m", "1h": "1 h", "6h": "6 h", "24h": "24 h", "7d": "7 d", "30d": "30 d" },
  spanTitles: {
    "15m": "Last 15 minutes",
    "1h": "Last hour",
    "6h": "Last 6 hours",
    "24h": "Last 24 hours",
    "7d": "Last 7 days",
    "30d": "Last 30 days",
  },
  lowestPanel: "Third panel",
  panels: { agents: "Agents", lines: "Lines", tasks: "Tasks", budget: "Budget" },
  budgetOf: ({ name }: { name: string }) => `Budget: ${name}`,
  budgetSpent: "Spent",
  budgetSpentRolling: "Spent in the five hours before",
  budgetLimit: ({ figure }: { figure: string }) => `Limit ${figure}`,
  budgetLimitRolling: ({ figure }: { figure: string }) => `Limit ${figure} in any five hours`,
  budgetNoResets:
    "There is no reset: each point is the sum of the five hours before it, by quarters of an hour.",
  budgetTooWide:
    "One column is longer than an hour, so five hours cannot be summed up; show less time.",
  noBudget: "No budget counts just what is shown",
  csv: "Download as CSV",
  filteredLevels:
    "Agents, queue and lines are those of the whole workspace; they are not kept apart by filter.",
  hiddenMarks: ({ count }: { count: number }) =>
    plural("en", count, {
      one: "# start or end of a task is not marked; show less time to see it.",
      other: "# starts and ends of tasks are not marked; show less time to see them.",
    }),
  input: "Input",
  cacheRead: "Cache read",
  cacheWrite: "Cache write",
  output: "Output",
  linesAdded: "Added",
  linesDeleted: "Deleted",
  tasks: "Tasks",
  tasksEnded: "Ended",
  tasksFailed: "Failed",
  tokenUnit: "tokens",
  lineUnit: "lines",
  taskUnit: "tasks",
  runUnit: "runs",
  perBucket: {
    "1s": per("second"),
    "10s": per("10 s"),
    "1min": per("minute"),
    "5min": per("5 min"),
    "15min": per("15 min"),
    hour: per("hour"),
    day: per("day"),
    week: per("week"),
    month: per("month"),
  },
  events: {
    taskStarted: ({ agent, issue }: OfRun) => `${agent} started on ${issue}`,
    taskDone: ({ agent, issue }: OfRun) => `${agent} finished on ${issue}`,
    taskFailed: ({ agent, issue }: OfRun) => `${agent} failed on ${issue}`,
    taskNeedsInput: ({ agent, issue }: OfRun) => `${agent} has a question on ${issue}`,
    taskCancelled: ({ agent, issue }: OfRun) => `${agent} was stopped on ${issue}`,
    issueCreated: ({ who, issue }: { who: string; issue: string }) => `${who} created ${issue}`,
    issueCreatedByNobody: ({ issue }: { issue: string }) => `${issue} was created`,
    issueMoved: ({ issue, status }: { issue: string; status: string }) =>
      `${issue} moved to ${status}`,
    commented: ({ who, issue }: { who: string; issue: string }) => `${who} commented on ${issue}`,
    commentedByNobody: ({ issue }: { issue: string }) => `New comment on ${issue}`,
    runtimeOnline: ({ runtime }: { runtime: string }) => `${runtime} is back`,
    runtimeOffline: ({ runtime }: { runtime: string }) => `${runtime} was lost`,
    priceChanged: ({ model }: { model: string }) => `The price of ${model} changed`,
    budgetChanged: ({ budget }: { budget: string }) => `The budget ${budget} changed`,
  },
};
