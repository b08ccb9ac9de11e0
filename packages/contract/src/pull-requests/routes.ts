import { z } from "zod";
import { IssuePath } from "../issues/schemas.ts";
import { PullRequestId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { pageInput, pageOf, queryList, workspacePath } from "../kit/values.ts";
import { PullRequest, PullRequestRecord } from "./schemas.ts";
import { pullRequestStates, pullRequestTies } from "./words.ts";

export const pullRequests = {
  list: route({
    name: "pull-requests.list",
    method: "GET",
    path: "/api/w/:workspace/pull-requests",
    summary: "Pull requests that Headcount knows of, the one that it learned of last first",
    access: "member",
    input: z.object({
      ...workspacePath,
      /** That it is linked to, or mentions. */
      issue: IssuePath.optional(),
      state: queryList(z.enum(pullRequestStates)).optional(),
      /** `owner/name`, any case. */
      repository: z.string().max(500).optional(),
      ...pageInput,
    }),
    output: pageOf(PullRequest),
  }),
  ofIssue: route({
    name: "issues.pull-requests",
    method: "GET",
    path: "/api/w/:workspace/issues/:issue/pull-requests",
    summary: "Pull requests of an issue: linked ones first, then those that only mention it",
    access: "member",
    input: z.object({
      ...workspacePath,
      issue: IssuePath,
      limit: z.coerce.number().int().min(1).max(100).default(100),
    }),
    output: z.object({
      items: z.array(PullRequest.extend({ how: z.enum(pullRequestTies) })),
      /** There are more than the limit. */
      truncated: z.boolean(),
    }),
  }),
  record: route({
    name: "pull-requests.record",
    method: "POST",
    path: "/api/w/:workspace/pull-requests",
    summary: "Record how a pull request stands; the same address again is the same one",
    access: "member",
    input: z.object({ ...workspacePath, ...PullRequestRecord.shape }),
    output: z.object({ pullRequest: PullRequest, effect: z.enum(["created", "updated", "none"]) }),
    reasons: ["pull_request.address_unclear"],
  }),
  delete: route({
    name: "pull-requests.delete",
    method: "DELETE",
    path: "/api/w/:workspace/pull-requests/:pullRequestId",
    summary: "Forget a pull request that was recorded by mistake",
    access: "admin",
    input: z.object({ ...workspacePath, pullRequestId: PullRequestId }),
    output: z.object({}),
  }),
};
