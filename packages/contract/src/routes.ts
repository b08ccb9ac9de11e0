import { agentMcp } from "./agents/mcp-routes.ts";
import { agents } from "./agents/routes.ts";
import { budgets } from "./budgets/routes.ts";
import { daemon } from "./daemon/routes.ts";
import { comments, issues } from "./issues/routes.ts";
import type { Route } from "./kit/route.ts";
import { live } from "./live/routes.ts";
import { invitations, members } from "./members/routes.ts";
import { notices } from "./notices/routes.ts";
import { projects } from "./projects/routes.ts";
import { gitConnections } from "./pull-requests/connection-routes.ts";
import { gitHooks } from "./pull-requests/hook-routes.ts";
import { pullRequests } from "./pull-requests/routes.ts";
import { changes } from "./realtime/routes.ts";
import { runaway } from "./runaway/routes.ts";
import { runtimes } from "./runtimes/routes.ts";
import { server } from "./server/routes.ts";
import { agentSkills, skillFiles, skills } from "./skills/routes.ts";
import { tank } from "./tank/routes.ts";
import { tasks } from "./tasks/routes.ts";
import { usageEvents } from "./usage/event-routes.ts";
import { usageForecasts } from "./usage/forecast-routes.ts";
import { usageImport } from "./usage/import-routes.ts";
import { books } from "./usage/books-routes.ts";
import { prices } from "./usage/price-routes.ts";
import { usageQueries } from "./usage/query-routes.ts";
import { usage } from "./usage/routes.ts";
import { account, auth, join } from "./users/routes.ts";
import { workspaces } from "./workspaces/routes.ts";

/** Every route of the API, by slice. The server binds each; documentation and tests walk the list. */
export const allRoutes: readonly Route[] = [
  server,
  auth,
  join,
  account,
  workspaces,
  members,
  invitations,
  projects,
  notices,
  tank,
  issues,
  comments,
  tasks,
  agentMcp,
  agents,
  skills,
  skillFiles,
  agentSkills,
  runtimes,
  runaway,
  usage,
  usageQueries,
  usageForecasts,
  books,
  prices,
  usageImport,
  usageEvents,
  budgets,
  live,
  pullRequests,
  gitConnections,
  gitHooks,
  changes,
  daemon,
].flatMap((slice): Route[] => Object.values(slice));
