import { z } from "zod";
import { pullRequestStates } from "./words.ts";

const ofPullRequest = {
  state: z.enum(pullRequestStates),
  /** Issues that it belongs to, or did before the change; at most 200. */
  issueIds: z.array(z.uuid()),
};

export const pullRequestChanges = {
  "pull_request.created": z.object(ofPullRequest),
  "pull_request.updated": z.object(ofPullRequest),
  "pull_request.deleted": z.object(ofPullRequest),
  "git_connection.created": z.object({}),
  /** Another secret, or something was heard of it. */
  "git_connection.updated": z.object({}),
  "git_connection.deleted": z.object({}),
};
