import type { agents } from "@headcount/contract/agents/routes";
import type { budgets } from "@headcount/contract/budgets/routes";
import type { comments, issues } from "@headcount/contract/issues/routes";
import type { Route } from "@headcount/contract/kit/route";
import type { invitations, members } from "@headcount/contract/members/routes";
import type { notices } from "@headcount/contract/notices/routes";
import type { projects } from "@headcount/contract/projects/routes";
import type { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import type { pullRequests } from "@headcount/contract/pull-requests/routes";
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
import type { QueryKey } from "../data/query-key.ts";

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
  | NameOf<typeof gitConnections>
  | NameOf<typeof invitations>
  | NameOf<typeof issues>
  | NameOf<typeof members>
  | NameOf<typeof notices>
  | NameOf<typeof prices>
  | NameOf<typeof projects>
  | NameOf<typeof pullRequests>
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
export type AllOf = (read: ReadName, input?: Readonly<Record<string, unknown>>) => QueryKey;

/** Key of what is read about no workspace in particular. */
export const apart = (read: ReadName): QueryKey => [read];
